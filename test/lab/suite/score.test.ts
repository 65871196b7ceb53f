import { describe, expect, it } from 'vitest';
import { score } from '../../../lab/suite/score.ts';

const report = (result: string, ...causes: string[]) =>
  JSON.stringify({
    apiVersion: 'net-triage/v1',
    kind: 'Report',
    checks: [
      { id: 'service-exists', outcome: 'exists', result: 'pass' },
      { id: 'service-selects-pods', outcome: 'none-matched', result: 'fail' },
    ],
    verdict: {
      result,
      causes: causes.map((cause) => {
        const [id, certainty = 'certain'] = cause.split(' ');
        return { id, certainty, subject: 'Service shop/cart' };
      }),
      notChecked: [{ check: 'destination-pods-are-ready', reason: 'no answer' }],
    },
    cost: { requests: 9, bytes: 4000, durationMs: 300, commands: 2 },
  });

const answer = (code: number, stdout: string) => ({ code, stdout, stderr: '' });
const selector = { exit: 3, result: 'fault', top: ['SVC-01'], certainty: ['certain'], beside: ['SVC-02'] } as const;

describe('score', () => {
  it.each([
    ['the right cause', answer(3, report('fault', 'SVC-01'))],
    ['a cause beside it that is allowed', answer(3, report('fault', 'SVC-01', 'SVC-02'))],
    ['another that is only possible', answer(3, report('fault', 'SVC-01', 'POD-03 possible'))],
  ])('calls right %s', (_, finished) => {
    expect(score(selector, finished)).toMatchObject({ verdict: 'right', notes: [], top: 'SVC-01' });
  });

  it.each([
    ['another exit code', answer(0, report('fault', 'SVC-01')), 'exit 0, not 3'],
    ['another top cause', answer(3, report('fault', 'SVC-02')), 'top is SVC-02'],
    ['an accusation in second place', answer(3, report('fault', 'SVC-01', 'POD-03')), 'accuses POD-03 (certain)'],
    ['another result', answer(3, report('inconclusive')), 'inconclusive, not fault'],
    ['too little certainty', answer(3, report('fault', 'SVC-01 possible')), 'SVC-01 is possible'],
    ['a document that is none', answer(3, 'Segmentation fault'), 'Segmentation fault'],
  ])('calls wrong %s', (_, finished, note) => {
    const scored = score(selector, finished);
    expect(scored.verdict).toBe('wrong');
    expect(scored.notes.join('\n')).toContain(note);
  });

  it('leaves open what nothing can find yet, as long as nobody is accused', () => {
    expect(score(selector, answer(2, report('inconclusive')), true).verdict).toBe('open');
    expect(score(selector, answer(3, report('fault', 'POD-03 possible')), true).verdict).toBe('open');
  });

  it.each([
    ['a wrong accusation', report('fault', 'POD-03 probable')],
    ['a broken flow called healthy', report('healthy')],
  ])('never forgives %s', (_, document) => {
    expect(score(selector, answer(3, document), true).verdict).toBe('wrong');
  });

  it('is right also about a stage that was thought to be missing', () => {
    expect(score(selector, answer(3, report('fault', 'SVC-01')), true).verdict).toBe('right');
  });

  it('refuses every accusation in a healthy cluster, however weak', () => {
    const free = { exit: 0, result: 'healthy', never: ['*'] } as const;
    expect(score(free, answer(0, report('healthy', 'NP-01 possible'))).notes).toContain('accuses NP-01 (possible)');
  });

  it('tells of a wrong answer what led to it', () => {
    expect(score(selector, answer(0, report('healthy'))).notes).toEqual(
      expect.arrayContaining([
        'walked: service-exists, service-selects-pods none-matched (fail)',
        'not checked: destination-pods-are-ready: no answer',
      ]),
    );
  });

  it('wants the missing right by its name', () => {
    expect(score({ exit: 5, names: /pods\/exec/ }, answer(5, '{}')).notes).toEqual(['does not name /pods\\/exec/']);
  });

  it('counts what the answer cost', () => {
    expect(score(selector, answer(3, report('fault', 'SVC-01'))).cost).toMatchObject({ requests: 9, commands: 2 });
  });
});
