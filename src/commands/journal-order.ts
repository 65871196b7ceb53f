import type { Happening } from '../domain/journal.js';
import type { Clock, World } from '../domain/ports.js';
import { record, type SessionFiles } from './keep-session.js';

const isAside = ({ type }: Happening) => type === 'resource.created' || type === 'resource.removed';

/**
 * The order of the lines in the journal. Something may be put into the cluster before the first line is written,
 * and must not come before it.
 */
export const journalOrder = (files: SessionFiles) => {
  const early: Happening[] = [];
  let next = files.earlier?.length ?? 0;
  let [begun, aside] = [false, false];
  const append = (happening: Happening) => {
    aside = isAside(happening);
    record(files, happening);
    aside = false;
  };
  return {
    record: (happening: Happening) => void (begun ? append(happening) : early.push(happening)),
    /** The first line is written. */
    begin() {
      begun = true;
      early.splice(0).forEach(append);
    },
    /**
     * Every event gets its time under its number, so that a replay stamps the same events with the same times. What
     * was put into the cluster has no number: a replay puts nothing there.
     */
    clock: ({ clock }: World): Clock => ({
      now: () => {
        if (aside) return clock.now();
        const name = `event:${next}`;
        next += 1;
        return clock.mark?.(name, clock.now()) ?? clock.now();
      },
    }),
  };
};
