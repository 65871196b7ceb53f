import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SessionView } from '../../src/domain/session-view.js';
import { markdownReport } from '../../src/report/markdown.js';
import { reportInput } from '../support/report-input.js';
import { cartHeader, cartView } from '../support/session-view.js';

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

  it('is a whole page for a session that knows nothing yet', () => {
    const page = markdownReport(
      reportInput('en', { ...calm, header: null, findings: [], verdict: null, ended: null, cost: null }),
    );
    expect(page.match(/^## /gm)).toHaveLength(13);
    expect(page).toContain('NO VERDICT');
  });
});

const hostile = fc.oneof(
  fc.constantFrom(
    '\n# Owned',
    '<img src=x onerror=alert(1)>',
    '[click](https://evil.example)',
    '![x](https://evil.example/p.png)',
    'https://evil.example',
    '```\n# out\n```',
    '| a | b |\n|---|---|',
    '- [ ] task',
    '@everyone',
    '$(rm -rf /)',
    "'; reboot; '",
    '<!--',
  ),
  fc.string({ unit: fc.constantFrom(...Array.from('#`<>[]()!*_|\\~-=+&;:/\n\t .@$1a')), minLength: 1, maxLength: 40 }),
);

/** Puts a text wherever the cluster or the operator can put one. */
const poisoned = (text: string): SessionView => ({
  ...calm,
  findings: calm.findings.map((finding) => ({
    ...finding,
    facts: { selector: { app: text }, wanted: text, pod: text },
    ...(finding.reason && { reason: { code: 'lost' as const, detail: text } }),
  })),
  notes: [{ text, happened_at: '2026-11-21T01:00:00Z', seq: 1, at: '2026-11-21T02:00:00Z' }],
  overrides: calm.overrides.map((override) => ({ ...override, reason: text })),
  verdict: calm.verdict && {
    ...calm.verdict,
    causes: calm.verdict.causes.map((candidate) => ({
      ...candidate,
      subject: text,
      statement: { en: text, 'zh-CN': text },
    })),
  },
  commands: [
    {
      node: 'address',
      run: 1,
      where: text,
      argv: ['nc', text],
      exitCode: 1,
      durationMs: 1,
      bytes: 1,
      seq: 9,
      at: calm.startedAt ?? '',
    },
  ],
});

/** The page without code, as CommonMark finds it: blocks by their fence, then spans by runs of equal length. */
const withoutCode = (page: string) =>
  page
    .replaceAll(/^(`{3,})[a-z]*\n[\s\S]*?\n\1$/gm, 'CODE')
    .replaceAll(/(?<![\\`])(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, 'CODE');

const headings = (page: string) => page.match(/^#+ .*$/gm)?.length;
const links = (page: string) => page.match(/(?<!\\)\]\(/g)?.length;

it('gives hostile text no heading, no link and no HTML', () => {
  const quiet = withoutCode(markdownReport(reportInput('en', poisoned('cart'))));
  fc.assert(
    fc.property(hostile, (text) => {
      const page = withoutCode(markdownReport(reportInput('en', poisoned(text))));
      expect(headings(page)).toBe(headings(quiet));
      expect(links(page)).toBe(links(quiet));
      expect(page.replaceAll('@<!-- -->', '')).not.toMatch(/(?<!\\)(?:\\\\)*<[a-z!/]/i);
      expect(page).not.toMatch(/(?<!\\)https?:\/\//);
      expect(page.match(/^- \[ \]/gm)?.length).toBe(quiet.match(/^- \[ \]/gm)?.length);
    }),
    { numRuns: 150 },
  );
});
