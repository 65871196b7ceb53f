import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseJournal } from '../../../src/parse/node/journal.js';
import { recorded } from '../recorded.js';

const line = (message: unknown) => JSON.stringify({ MESSAGE: message, __REALTIME_TIMESTAMP: '1795324390659027' });

it('reads what journalctl printed of a kubelet that could not start', () => {
  const lines = parseJournal(recorded('systemd', 'journal-config-missing'));
  expect(lines.length).toBeGreaterThan(2);
  expect(lines[0]?.at).toBe(1795324388.269272);
  for (const { text } of lines) expect(text).toContain('failed to load kubelet config file');
});

// The forms of https://systemd.io/JOURNAL_EXPORT_FORMATS/ that a kubelet rarely leaves: none of them was recorded.
it.each([
  ['bytes where the text is not UTF-8', [0x6e, 0x6f, 0x64, 0x65, 0xff], 'node\ufffd'],
  ['several values of the field', ['one', 'two'], 'one two'],
  ['a text that was too long to print', null, ''],
])('takes %s', (_, message, text) => {
  expect(parseJournal(line(message))).toEqual([{ at: 1795324390.659027, text }]);
});

it('passes by what is no entry', () => {
  const others = ['-- No entries --', '{', '{"MESSAGE":1}', '{"MESSAGE":"x","__REALTIME_TIMESTAMP":"soon"}', '[]'];
  expect(parseJournal(`${others.join('\n')}\n${line('x')}`)).toHaveLength(1);
});

it('throws at no text', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseJournal(`${text}\n{${text}\n${line(text)}`)));
  fc.assert(fc.property(fc.json(), (json) => void parseJournal(json)));
});
