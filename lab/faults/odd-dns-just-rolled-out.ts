import { TOOLS } from '../build/images.ts';
import { across } from '../scenario/across.ts';
import { type Fault, staysFree } from '../scenario/fault.ts';
import { resolves } from '../scenario/requests.ts';

export const fault: Fault = {
  story: 'The DNS Pods were all replaced a moment ago, as the night shift likes to do, and every name is found.',
  ...across({ namespace: 'finchery', server: 'finches', listens: 8297, client: 'warden', image: TOOLS }),
  disturbs: 'cluster',
  inject: [{ restart: 'coredns' }],
  heal: [],
  symptom: { at: { pod: 'warden' }, request: resolves('finches.finchery.svc.cluster.local'), fails: 'never' },
  runs: [staysFree, { ...staysFree, flags: ['dns-fails'] }],
};
