import { describe, expect, it } from 'vitest';
import { judge } from '../../../lab/suite/judge.ts';

const report = (result: string, ...ids: string[]) =>
  JSON.stringify({
    apiVersion: 'net-triage/v1',
    kind: 'Report',
    verdict: {
      result,
      causes: ids.map((id) => ({ id, certainty: 'certain', subject: 'Service shop/cart' })),
      notChecked: [],
    },
    cost: { requests: 9, durationMs: 300 },
  });

const answer = (code: number, stdout: string) => ({ code, stdout, stderr: '' });
const selector = { exit: 3, result: 'fault', top: ['SVC-01'], certainty: ['certain'], never: ['POD-03'] } as const;

describe('judge', () => {
  it('is content with the right cause', () => {
    expect(judge(selector, answer(3, report('fault', 'SVC-01')))).toEqual([]);
  });

  it.each([
    ['another exit code', answer(0, report('fault', 'SVC-01')), 'exit 0, expected 3'],
    ['another top cause', answer(3, report('fault', 'SVC-02')), 'top is SVC-02'],
    ['a wrong accusation in second place', answer(3, report('fault', 'SVC-01', 'POD-03')), 'accuses POD-03'],
    ['another result', answer(3, report('inconclusive')), 'inconclusive, expected fault'],
    ['a document that is none', answer(3, 'Segmentation fault'), 'Segmentation fault'],
  ])('refuses %s', (_, finished, wrong) => {
    expect(judge(selector, finished).join('\n')).toContain(wrong);
  });

  it('refuses every accusation in a healthy cluster', () => {
    const free = { exit: 0, result: 'healthy', never: ['*'] } as const;
    expect(judge(free, answer(0, report('healthy', 'NP-01')))).toEqual(['accuses NP-01']);
  });

  it('wants the missing right by its name', () => {
    expect(judge({ exit: 5, names: /pods\/exec/ }, answer(5, '{}'))).toEqual(['does not name /pods\\/exec/']);
  });
});
