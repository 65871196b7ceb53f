import { describe, expect, it } from 'vitest';
import type { SessionView } from '../../src/domain/session-view.js';
import { diffLines, sessionDiff } from '../../src/report/diff.js';
import { reportInput } from '../support/report-input.js';
import { cartView } from '../support/session-view.js';

const before = cartView();
const compared = (after: SessionView, language: 'en' | 'zh-CN' = 'en') => ({
  before: reportInput(language, before),
  after: reportInput(language, after),
});

describe('two sessions', () => {
  it('that found the same differ in nothing', () => {
    const later = { ...before, findings: before.findings.map((one) => ({ ...one, durationMs: 9, at: 'later' })) };
    expect(sessionDiff(compared(later))).toMatchObject({ checks: [], same: 4, verdict: { same: true } });
    expect(diffLines(compared(later))).toHaveLength(2);
  });

  it('differ in outcomes, in facts behind the same outcome, and in where they came', () => {
    const findings = before.findings.flatMap((one) => {
      if (one.node === 'source') return [{ ...one, facts: { pod: 'web-5' } }];
      if (one.node === 'endpoints') return [{ ...one, outcome: 'ready', result: 'pass' as const, facts: {} }];
      return one.node === 'address' ? [] : [one];
    });
    const { checks, same } = sessionDiff(compared({ ...before, findings }));
    expect(same).toBe(1);
    expect(checks.map(({ node, before: was, after: is }) => [node, was, is])).toEqual([
      ['source', 'ready', 'ready'],
      ['endpoints', 'none-matched', 'ready'],
      ['address', 'forbidden', null],
    ]);
    expect(checks[0]?.facts).toEqual([{ fact: 'pod', before: 'web-7d4b9c', after: 'web-5' }]);
    const lines = diffLines(compared({ ...before, findings })).join('\n');
    expect(lines).toContain('before: FAIL No Pod carries the labels app=cart,tier=api.');
    expect(lines).toContain('pod: web-7d4b9c -> web-5');
    expect(lines).toContain('after: the walk did not come here');
  });

  it('compare the last run of a check that was repeated', () => {
    const [first] = before.findings;
    const again = first
      ? [
          { ...first, outcome: 'not-ready' },
          { ...first, run: 2 },
        ]
      : [];
    const findings = [...again, ...before.findings.slice(1)];
    expect(sessionDiff(compared({ ...before, findings })).checks).toEqual([]);
  });

  it('differ in their verdict', () => {
    const verdict = before.verdict && { ...before.verdict, result: 'healthy' as const, causes: [] };
    const { verdict: told } = sessionDiff(compared({ ...before, verdict }));
    expect(told).toEqual({
      before: expect.stringContaining('FAULT SVC-01'),
      after: 'HEALTHY: what was tried of the flow works.',
      same: false,
    });
    expect(diffLines(compared({ ...before, verdict }, 'zh-CN'))[1]).toMatch(/^之后: 健康/);
  });
});
