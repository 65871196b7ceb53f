import { escapeMarkdown } from '../../clean/escape.js';
import type { ReportInput } from '../catalog.js';
import { bullets, type Section, text, todo } from './page.js';
import { utcTime } from './time.js';

/** Notes about something that happened before the session began. */
const before = ({ session: { notes, startedAt } }: ReportInput) =>
  notes
    .flatMap(({ text: said, happened_at: at }) =>
      at !== undefined && startedAt !== null && Date.parse(at) < Date.parse(startedAt) ? [{ said, at }] : [],
    )
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));

export const leadUp: Section = {
  key: 'section.lead-up',
  blocks: (input) => {
    const changes = before(input).map(({ said, at }) => `${escapeMarkdown(utcTime(at))} ${escapeMarkdown(said)}`);
    return [changes.length > 0 ? bullets(changes) : text(input, 'lead-up.none'), todo(input, 'lead-up.more')];
  },
};
