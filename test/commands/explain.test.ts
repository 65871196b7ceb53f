import { describe, expect, it } from 'vitest';
import { find } from '../../src/catalog/find.js';
import { load } from '../../src/catalog/load.js';
import { explainCause, explainTerm, terms } from '../../src/commands/explain-cause.js';

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

it('names the step that tells a cause from its double', () => {
  expect(explainCause('NP-01', catalog, 'en')).toMatch(/^ {2}CNI-11 .*: told apart by near-and-far-endpoints-answer$/m);
});

it('knows nothing of what there is not', () => {
  expect(explainCause('NP-99', catalog, 'en')).toBeUndefined();
  expect(explainTerm('toString', catalog, 'en')).toBeUndefined();
});
