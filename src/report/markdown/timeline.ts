import { escapeMarkdown } from '../../clean/escape.js';
import { evidenceLinks, type Section, table, text } from './page.js';
import { localTime, utcTime } from './time.js';
import { timelineEntries } from './timeline-entries.js';

export const timeline: Section = {
  key: 'section.timeline',
  blocks: (input) => {
    const { header } = input.session;
    const heads = [
      ...['UTC', text(input, 'timeline.local', { tz: header?.tz ?? '?' })],
      ...[text(input, 'timeline.what'), text(input, 'evidence')],
    ];
    const rows = timelineEntries(input).map(({ at, what, evidence }) => [
      ...[escapeMarkdown(utcTime(at)), escapeMarkdown(localTime(at, header?.utc_offset ?? ''))],
      ...[escapeMarkdown(what), evidenceLinks(input, evidence)],
    ]);
    return [table(heads, rows)];
  },
};
