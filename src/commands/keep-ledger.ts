import type { ResourceEvent } from '../domain/resource.js';
import { ledgerIn } from '../journal/ledger.js';
import type { Target } from './header.js';
import type { Io } from './io.js';
import type { Common } from './options.js';
import { stateDirOf } from './settings.js';

/** Writes down what is in the cluster because of this process, for the one that starts after it has been killed. */
export const ledgerKeeper = (options: Common, io: Io, session: string) => {
  const ledger = ledgerIn(stateDirOf(options, io));
  return (event: ResourceEvent, { context, apiHost }: Pick<Target, 'context' | 'apiHost'>) => {
    if (event.type === 'resource.created')
      return ledger.note({ resource: event.data, session, context, apiHost: apiHost ?? '' }, io.pid);
    return event.data.outcome === 'left' ? undefined : ledger.forget(apiHost ?? '', event.data);
  };
};
