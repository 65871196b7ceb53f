import fc from 'fast-check';
import type { SessionView } from '../../src/domain/session-view.js';

/** What somebody puts into a label, a log or a note to make a report say something else. */
export const hostile = fc.oneof(
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
    '--><script>alert(1)</script>',
    '</pre></details><svg onload=alert(1)>',
    '" onmouseover="alert(1)',
    "' style='x",
    '&lt;script&gt;',
    '</style><style>@import url(//evil.example)',
    '\u0000\u001b[31m\u009b',
    '\ud800',
  ),
  fc.string({ unit: fc.constantFrom(...Array.from('#`<>[]()!*_|\\~-=+&;:/\n\t .@$1a')), minLength: 1, maxLength: 40 }),
);

/** Puts a text wherever the cluster or the operator can put one. */
export const poisoned = (calm: SessionView, text: string): SessionView => ({
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
