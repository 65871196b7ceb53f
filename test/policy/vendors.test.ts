import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePair } from '../../src/policy/flow/evaluate.js';
import { partiesOf } from '../../src/policy/inventory/endpoint.js';
import type { Loaded } from '../../src/policy/load.js';
import { matrix } from '../../src/policy/matrix/matrix.js';
import { ports } from './any-cluster.js';
import type { NaivePod } from './naive.js';
import {
  type CalicoPolicy,
  type CiliumPolicy,
  type CiliumRule,
  calicoManifests,
  ciliumManifests,
  cluster,
  loaded,
} from './vendor-manifests.js';

type Verdict = 'allow' | 'deny' | 'pass' | 'none';

const app = fc.constantFrom('red', 'blue', 'green');
const port = fc.constantFrom(undefined, ...ports);

const calicoPolicy: fc.Arbitrary<CalicoPolicy> = fc.record({
  tier: fc.constantFrom('first', 'default', 'default', 'last'),
  order: fc.constantFrom(undefined, 1, 2, 2000),
  app,
  ingress: fc.array(
    fc.record({
      action: fc.constantFrom('Allow' as const, 'Deny' as const, 'Pass' as const, 'Log' as const),
      selector: fc.option(app, { nil: undefined }),
      port,
    }),
    { maxLength: 3 },
  ),
});

const ciliumRules = fc.array(fc.record({ app: fc.option(app, { nil: undefined }), port }), { maxLength: 2 });
const ciliumPolicy: fc.Arbitrary<CiliumPolicy> = fc.record({
  app,
  defaultDeny: fc.constantFrom(undefined, undefined, true, false),
  ingress: ciliumRules,
  ingressDeny: ciliumRules,
});

const speaks = (from: NaivePod, number: number, wanted: { app: string | undefined; port: number | undefined }) =>
  (wanted.app === undefined || from.labels.app === wanted.app) && (wanted.port === undefined || wanted.port === number);

const tierVerdict = (
  policies: readonly (CalicoPolicy & { name: string })[],
  from: NaivePod,
  number: number,
): Verdict => {
  for (const policy of policies)
    for (const { action, selector, port: wanted } of policy.ingress)
      if (action !== 'Log' && speaks(from, number, { app: selector, port: wanted }))
        return action.toLowerCase() as Verdict;
  return 'none';
};

const naiveCalico = (policies: readonly CalicoPolicy[], from: NaivePod, to: NaivePod, number: number) => {
  const orderOf = ({ order }: CalicoPolicy) => order ?? 1e12;
  for (const tier of ['first', 'default', 'last']) {
    const here = policies
      .map((policy, index) => ({ ...policy, name: `p-${index}` }))
      .filter((policy) => policy.tier === tier && policy.app === to.labels.app)
      .sort((a, b) => orderOf(a) - orderOf(b) || (a.name < b.name ? -1 : 1));
    const verdict = tierVerdict(here, from, number);
    if (verdict === 'allow') return 'allowed';
    if (verdict === 'deny' || (verdict === 'none' && here.length > 0 && tier !== 'last')) return 'denied';
  }
  return 'allowed';
};

const naiveCilium = (policies: readonly CiliumPolicy[], from: NaivePod, to: NaivePod, number: number) => {
  const here = policies.filter((policy) => policy.app === to.labels.app);
  const hit = (rules: readonly CiliumRule[]) =>
    rules.some((rule) => (rule.app !== undefined || rule.port !== undefined) && speaks(from, number, rule));
  if (here.some(({ ingressDeny }) => hit(ingressDeny))) return 'denied';
  if (here.some(({ ingress }) => hit(ingress))) return 'allowed';
  const isolated = here.some(
    ({ defaultDeny, ingress, ingressDeny }) => defaultDeny ?? ingress.length + ingressDeny.length > 0,
  );
  return isolated ? 'denied' : 'allowed';
};

const partyOf = ({ inventory }: Loaded, { namespace, name }: NaivePod) => {
  const found = inventory.pods.find(({ party }) => party.name === `${namespace}/${name}`);
  const [party] = found ? partiesOf(found) : [];
  if (!party) throw new Error(`no ${name}`);
  return party;
};

/** Every pair and port: single answers, and the matrix, against the plain reading. */
const compare = (
  world: Loaded,
  pods: readonly NaivePod[],
  naive: (from: NaivePod, to: NaivePod, port: number) => string,
) => {
  expect(world.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const { connections } = matrix(world);
  for (const from of pods)
    for (const to of pods)
      for (const number of ports) {
        if (from === to) continue;
        const ends = { from: partyOf(world, from), to: partyOf(world, to) };
        const { answer } = judgePair(world, { ...ends, protocol: 'TCP', port: number });
        const words = `${from.name} -> ${to.name} ${number}`;
        expect([words, answer]).toEqual([words, naive(from, to, number)]);
        const listed = connections.some(
          (one) =>
            one.from === ends.from.name &&
            one.to === ends.to.name &&
            (one.protocol === '*' || one.protocol === 'TCP') &&
            (one.ports === '*' ||
              one.ports.split(',').some((part) => {
                const [first = 0, last = first] = part.split('-').map(Number);
                return first <= number && number <= last;
              })),
        );
        expect([words, listed]).toEqual([words, answer === 'allowed']);
      }
};

describe('policies of Calico and Cilium, and a plain reading of them', () => {
  it('agree on tiers, orders and actions of Calico', () => {
    fc.assert(
      fc.property(cluster, fc.array(calicoPolicy, { minLength: 1, maxLength: 4 }), (pods, policies) => {
        const world = loaded(pods, calicoManifests(policies));
        compare(world, pods.pods, (from, to, number) => naiveCalico(policies, from, to, number));
      }),
      { numRuns: 40 },
    );
  });

  it('agree on denials, permissions and default deny of Cilium', () => {
    fc.assert(
      fc.property(cluster, fc.array(ciliumPolicy, { minLength: 1, maxLength: 4 }), (pods, policies) => {
        const world = loaded(pods, ciliumManifests(policies));
        compare(world, pods.pods, (from, to, number) => naiveCilium(policies, from, to, number));
      }),
      { numRuns: 40 },
    );
  });
});
