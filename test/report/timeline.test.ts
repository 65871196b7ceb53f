import { describe, expect, it } from 'vitest';
import { timelineEntries } from '../../src/report/page/timeline-entries.js';
import { reportInput } from '../support/report-input.js';
import { cartView } from '../support/session-view.js';

const calm = cartView();
const told = (session = calm) => timelineEntries(reportInput('en', session)).map(({ what }) => what);
const note = (text: string, happened_at: string) => ({ text, happened_at, seq: 99, at: '2026-11-21T09:00:00.000Z' });

describe('the timeline', () => {
  it('keeps the order of the journal where a clock jumps and where many lines share a moment', () => {
    const at = calm.startedAt ?? '';
    const before = '2026-11-21T02:14:00.000Z';
    const stopped = { ...calm, notes: [], intake: [], pauses: [] };
    const jumping = {
      ...stopped,
      findings: calm.findings.map((finding, n) => ({ ...finding, at: n % 2 === 0 ? at : before })),
      verdict: calm.verdict && { ...calm.verdict, at: before },
    };
    expect(told(jumping)).toEqual(told(stopped));
    expect(told(jumping)[0]).toBe('The session began');
    expect(told(jumping).at(-1)).toBe('The session ended with a verdict');
  });

  it('puts what a person tells of at its own time', () => {
    const notes = [
      note('the page went off', '2026-11-21T02:00:00.000Z'),
      note('traffic was moved', '2026-11-21T02:14:05.100Z'),
      note('all is well again', '2026-11-21T03:00:00.000Z'),
    ];
    const lines = told({ ...calm, intake: [], notes });
    const places = notes.map(({ text }) => lines.indexOf(`Note: ${text}`));
    expect(places[0]).toBe(0);
    expect(places[1]).toBeGreaterThan(lines.indexOf('The session began'));
    expect(places[1]).toBeLessThan(lines.length - 2);
    expect(places[2]).toBe(lines.length - 1);
  });

  it('warns of what a note names, in the language of the reader', () => {
    const noted = { ...note('they ran it', '2026-11-21T02:00:00.000Z'), dangers: ['connections-flushed'] };
    const session = { ...calm, intake: [], notes: [noted] };
    expect(told(session)[0]).toMatch(/^Note: they ran it \(Careful: All tracked .* Better: Delete only .*\)$/);
    const zh = timelineEntries(reportInput('zh-CN', session)).map(({ what }) => what);
    expect(zh[0]).toMatch(/\u6ce8\u610f: \u8282\u70b9\u4f1a\u5fd8\u8bb0/);
  });
});
