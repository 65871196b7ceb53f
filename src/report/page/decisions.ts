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

export const decisions: Section = {
  key: 'section.decisions',
  blocks: (input) => [
    bulletsOrNone(input, [...decided(input), ...consented(input)]),
    heading(say(input, 'overrides')),
    bulletsOrNone(input, overridden(input)),
  ],
};
