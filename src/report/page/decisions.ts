import { tallyOf } from '../../domain/prediction.js';
import type { ReportInput } from '../catalog.js';
import { say } from '../say.js';
import { bulletsOrNone, heading, type Section } from './block.js';
import { utcTime } from './time.js';

const decided = (input: ReportInput) =>
  input.session.decisions.map(({ at, node, answer, offered }) =>
    say(input, 'decisions.answered', { at: utcTime(at), node, answer, offered }),
  );

const consented = (input: ReportInput) =>
  input.session.consents.map(({ at, node, check, given, source }) =>
    say(input, given ? 'decisions.consented' : 'decisions.declined', { at: utcTime(at), node, check, source }),
  );

const overridden = (input: ReportInput) =>
  input.session.overrides.map(({ at, node, found, chosen, reason }) =>
    say(input, 'decisions.overridden', { at: utcTime(at), node, found, chosen, reason }),
  );

/** How well the operator foresaw what the checks would find. */
const predicted = (input: ReportInput) => {
  const { right, of } = tallyOf(input.session.predictions, input.session.findings);
  return of > 0 ? [say(input, 'decisions.predicted', { right, of })] : [];
};

export const decisions: Section = {
  key: 'section.decisions',
  blocks: (input) => [
    bulletsOrNone(input, [...decided(input), ...consented(input), ...predicted(input)]),
    heading(say(input, 'overrides')),
    bulletsOrNone(input, overridden(input)),
  ],
};
