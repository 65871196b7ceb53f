import type { ReportInput } from '../catalog.js';
import { bulletsOrNone, type Section, text } from './page.js';
import { utcTime } from './time.js';

const decided = (input: ReportInput) =>
  input.session.decisions.map(({ at, node, answer, offered }) =>
    text(input, 'decisions.answered', { at: utcTime(at), node, answer, offered }),
  );

const consented = (input: ReportInput) =>
  input.session.consents.map(({ at, node, check, given, source }) =>
    text(input, given ? 'decisions.consented' : 'decisions.declined', { at: utcTime(at), node, check, source }),
  );

const overridden = (input: ReportInput) =>
  input.session.overrides.map(({ at, node, found, chosen, reason }) =>
    text(input, 'decisions.overridden', { at: utcTime(at), node, found, chosen, reason }),
  );

export const decisions: Section = {
  key: 'section.decisions',
  blocks: (input) => [
    bulletsOrNone(input, [...decided(input), ...consented(input)]),
    `### ${text(input, 'overrides')}`,
    bulletsOrNone(input, overridden(input)),
  ],
};
