import { describe, expect, it } from 'vitest';
import { find } from '../../src/catalog/find.js';
import { load } from '../../src/catalog/load.js';
import { explainCause, explainTerm, terms } from '../../src/commands/explain-cause.js';
import { explainStep } from '../../src/commands/explain-step.js';

const { catalog } = load(await find());

describe.each(['en', 'zh-CN'] as const)('explain in %s', (language) => {
  it('leaves no phrase out of any cause', () => {
    for (const id of Object.keys(catalog.causes)) {
      const [, , ...rest] = explainCause(id, catalog, language)?.split('\n') ?? [];
      expect(rest.length).toBeGreaterThan(0);
      expect(rest.join('\n')).not.toMatch(/^(proves|supports|refutes|confusable|remedies)$/m);
    }
  });

  it('says of each term what it means', () => {
    for (const term of terms(catalog)) expect(explainTerm(term, catalog, language)).toMatch(/\n {2}.{10,}\.$/);
    expect(explainTerm('glossary', catalog, language)?.split('\n')).toHaveLength(terms(catalog).length * 2);
  });
});

it('says of each answer of a check for and against which causes it speaks, in both languages', () => {
  const told = (language: 'en' | 'zh-CN') => {
    const step = catalog.steps['service-selects-pods'];
    return step ? explainStep(step, catalog, language).split('\n') : [];
  };
  const after = (lines: readonly string[], outcome: string) =>
    lines.slice(lines.findIndex((line) => line.includes(` ${outcome} `)) + 1).slice(0, 2);
  const { refutes = [], proves = [] } = catalog.causes['SVC-01'] ?? {};
  expect(JSON.stringify([proves, refutes])).toContain('none-matched');
  expect(after(told('en'), 'none-matched')).toEqual([
    expect.stringMatching(/^ {9}for .*\bSVC-01\b/),
    expect.stringMatching(/^ {9}against .*\bSVC-02\b/),
  ]);
  expect(after(told('zh-CN'), 'matched')[0]).toMatch(/^ {9}排除 .*SVC-01/);
  expect(after(told('en'), 'no-service')[0]).toBe('');
  expect(told('zh-CN').slice(-8).join()).not.toMatch(/level|reads|runs/i);
});

it('names the step that tells a cause from its double', () => {
  expect(explainCause('NP-01', catalog, 'en')).toMatch(/^ {2}CNI-11 .*: told apart by near-and-far-endpoints-answer$/m);
});

it('names doubles that are written down with the other cause, and those that are no rivals', () => {
  expect(explainCause('MTU-02', catalog, 'en')).toMatch(/^ {2}DNS-14 .*: told apart by path-mtu-fits$/m);
  const [en, zh] = (['en', 'zh-CN'] as const).map((language) => explainCause('POD-03', catalog, language));
  expect(en).toMatch(/^ {2}ING-02 .*: no rival, one can be why the other holds\. Where nobody listens, .*\.$/m);
  expect(zh).toMatch(/^ {2}ING-02 .*: 并不互斥, .*控制器会被拒绝\.$/m);
});

it('knows nothing of what there is not', () => {
  expect(explainCause('NP-99', catalog, 'en')).toBeUndefined();
  expect(explainTerm('toString', catalog, 'en')).toBeUndefined();
});
