import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NAMES } from '../../../lab/suite/policy-random-ground.ts';
import { anyPolicies, policiesOf } from '../../../lab/suite/policy-random-sets.ts';
import { load } from '../../../src/policy/load.js';

const addressOf = new Map(NAMES.map((name, at) => [name, `10.244.${at % 3}.${7 + at * 5}`]));
const samples = fc.sample(anyPolicies, { numRuns: 300, seed: 7 }).flatMap((drafts) => policiesOf(drafts, addressOf));

describe('random policies', () => {
  it('are none that the API server would refuse', () => {
    const documents = samples.map((value, document) => ({ source: 'random', document, value }));
    for (const one of documents) {
      const { problems } = load([one], { namespace: 'default', engine: 'kubernetes' });
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });

  it('speak of everything that a policy may speak of', () => {
    const text = JSON.stringify(samples);
    for (const word of ['ipBlock', 'except', 'endPort', '"web"', 'UDP', 'NotIn', 'DoesNotExist', 'namespaceSelector'])
      expect(text).toContain(word);
    for (const part of [{ podSelector: {} }, { from: [] }, { ingress: [] }, { policyTypes: [] }])
      expect(text).toContain(JSON.stringify(part).slice(1, -1));
    expect(text).toContain('"cidr":"0.0.0.0/0"');
  });
});
