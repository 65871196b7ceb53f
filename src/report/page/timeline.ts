import { say } from '../say.js';
import { type Section, table } from './block.js';
import { localTime, utcTime } from './time.js';
import { timelineEntries } from './timeline-entries.js';

export const timeline: Section = {
  key: 'section.timeline',
  blocks: (input) => {
    const { header } = input.session;
    const heads = [
      ...['UTC', say(input, 'timeline.local', { tz: header?.tz ?? '?' })],
      ...[say(input, 'timeline.what'), say(input, 'evidence')],
    ];
    const rows = timelineEntries(input).map(({ at, what, evidence }) => [
      ...[utcTime(at), localTime(at, header?.utc_offset ?? '')],
      ...[what, [{ evidence }]],
    ]);
    return [table(heads, rows)];
  },
};
