import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownReport } from '../../src/report/markdown.js';
import { reportInput } from '../support/report-input.js';
import { cartHeader, cartView } from '../support/session-view.js';
import { hostile, poisoned } from './hostile.js';

const calm = cartView();

describe('the postmortem', () => {
  it.each(['en', 'zh-CN'] as const)('has every section in %s', async (language) => {
    await expect(markdownReport(reportInput(language, calm))).toMatchFileSnapshot(`__snapshots__/cart.${language}.md`);
  });

  it('names no person unless asked', () => {
    expect(markdownReport(reportInput('en', calm))).not.toContain('mira');
    expect(markdownReport({ ...reportInput('en', calm), names: true })).toContain('mira');
  });

  it('says on top that a practice session is one', () => {
    const page = markdownReport(reportInput('en', { ...calm, header: cartHeader({ mode: 'practice' }) }));
    expect(page.split('\n')[2]).toContain('PRACTICE');
  });

  it('shows both when the tree and the weighing part', () => {
    const verdict = calm.verdict && { ...calm.verdict, tree: { cause: 'SVC-02' } };
    expect(markdownReport(reportInput('en', { ...calm, verdict }))).toContain(
      'The tree ended with SVC\\-02'.replace('\\-', '-'),
    );
  });

  it('tells in the lead-up what the API remembers, oldest first and each change once', () => {
    const change = (at: string, by: string) => ({ at, what: 'NetworkPolicy shop/deny-all', how: 'changed', by });
    const timeline = [change('2026-11-21T01:50:00Z', 'kubectl-edit'), change('2026-11-21T01:40:00Z', '')];
    const [first] = calm.findings;
    const findings = first
      ? [
          { ...first, facts: { timeline } },
          { ...first, facts: { timeline } },
        ]
      : [];
    const leadUp = (language: 'en' | 'zh-CN') =>
      markdownReport(reportInput(language, { ...calm, notes: [], findings }))
        .split('\n## ')
        .find((section) => /^(?:Lead-up|事前变化)/.test(section)) ?? '';
    expect(
      leadUp('en')
        .split('\n')
        .filter((line) => line.startsWith('- 20')),
    ).toEqual([
      '- 2026-11-21 01:40:00Z NetworkPolicy shop/deny-all was changed',
      '- 2026-11-21 01:50:00Z NetworkPolicy shop/deny-all was changed by kubectl-edit',
    ]);
    expect(leadUp('en')).toContain('no proof that it is why');
    expect(leadUp('zh-CN')).toContain('由 kubectl-edit 修改');
  });

  it('is a whole page for a session that knows nothing yet', () => {
    const page = markdownReport(
      reportInput('en', { ...calm, header: null, findings: [], verdict: null, ended: null, cost: null }),
    );
    expect(page.match(/^## /gm)).toHaveLength(13);
    expect(page).toContain('NO VERDICT');
  });
});

/** The page without code, as CommonMark finds it: blocks by their fence, then spans by runs of equal length. */
const withoutCode = (page: string) =>
  page
    .replaceAll(/^(`{3,})[a-z]*\n[\s\S]*?\n\1$/gm, 'CODE')
    .replaceAll(/(?<![\\`])(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, 'CODE');

const headings = (page: string) => page.match(/^#+ .*$/gm)?.length;
const links = (page: string) => page.match(/(?<!\\)\]\(/g)?.length;

it('gives hostile text no heading, no link and no HTML', () => {
  const quiet = withoutCode(markdownReport(reportInput('en', poisoned(calm, 'cart'))));
  fc.assert(
    fc.property(hostile, (text) => {
      const page = withoutCode(markdownReport(reportInput('en', poisoned(calm, text))));
      expect(headings(page)).toBe(headings(quiet));
      expect(links(page)).toBe(links(quiet));
      expect(page.replaceAll('@<!-- -->', '')).not.toMatch(/(?<!\\)(?:\\\\)*<[a-z!/]/i);
      expect(page).not.toMatch(/(?<!\\)https?:\/\//);
      expect(page.match(/^- \[ \]/gm)?.length).toBe(quiet.match(/^- \[ \]/gm)?.length);
    }),
    { numRuns: 150 },
  );
});
