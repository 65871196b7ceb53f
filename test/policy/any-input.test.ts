import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPolicyEnd } from '../../src/policy/ends/written-end.js';
import { evaluate } from '../../src/policy/flow/evaluate.js';
import { load } from '../../src/policy/load.js';
import { difference } from '../../src/policy/matrix/difference.js';
import { matrix } from '../../src/policy/matrix/matrix.js';
import { writePath } from '../../src/policy/read/place.js';
import { anyCluster, documentsOf } from './any-cluster.js';

const options = { namespace: 'default', engine: 'kubernetes' } as const;
const words = [
  'apiVersion',
  'kind',
  'spec',
  'metadata',
  'Pod',
  'List',
  'NetworkPolicy',
  'In',
  '10.0.0.0/8',
  'TCP',
  '__proto__',
  'constructor',
  '',
];
const junk = fc.oneof(
  fc.constantFrom(...words),
  fc.jsonValue({ maxDepth: 3 }),
  fc.integer(),
  fc.constant(Number.NaN),
  fc.constant(undefined),
);

/** Puts junk somewhere into a value: the numbers choose the way down. */
const spoiled = (value: unknown, steps: readonly number[], what: unknown): unknown => {
  const [first, ...rest] = steps;
  if (first === undefined || typeof value !== 'object' || value === null) return what;
  const keys = Object.keys(value);
  const key = keys[first % Math.max(keys.length, 1)];
  if (key === undefined) return what;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? spoiled(item, rest, what) : item));
  return { ...value, [key]: spoiled((value as Record<string, unknown>)[key], rest, what) };
};

const asked = {
  from: readPolicyEnd('10.0.0.1', 'shop'),
  to: readPolicyEnd('10.0.0.2', 'shop'),
  protocol: 'TCP',
  port: 80,
} as const;

const useAll = (documents: Parameters<typeof load>[0]) => {
  const loaded = load(documents, options);
  for (const { place } of loaded.problems) expect(typeof writePath(place.path)).toBe('string');
  expect(['allowed', 'denied', 'unknown']).toContain(evaluate(loaded, asked).answer);
  matrix(loaded);
  return loaded;
};

describe('whatever is in the files', () => {
  it('is a problem and never a crash, where it is anything at all', () => {
    fc.assert(
      fc.property(fc.array(junk, { maxLength: 5 }), (values) => {
        useAll(values.map((value, document) => ({ source: 'any', document, value })));
      }),
      { numRuns: 100 },
    );
  });

  it('is a problem and never a crash, where good manifests were spoiled', () => {
    fc.assert(
      fc.property(
        anyCluster,
        fc.array(fc.tuple(fc.nat(60), fc.array(fc.nat(9), { maxLength: 7 }), junk), { minLength: 1, maxLength: 4 }),
        (cluster, spoils) => {
          const documents = documentsOf(cluster);
          for (const [which, steps, what] of spoils) {
            const at = which % documents.length;
            const document = documents[at];
            if (document) documents[at] = { ...document, value: spoiled(document.value, steps, what) };
          }
          useAll(documents);
        },
      ),
      { numRuns: 120 },
    );
  });

  it('differs from itself in nothing', () => {
    fc.assert(
      fc.property(anyCluster, (cluster) => {
        const loaded = load(documentsOf(cluster), options);
        expect(difference(loaded, loaded)).toMatchObject({ appeared: [], vanished: [] });
      }),
      { numRuns: 30 },
    );
  });
});
