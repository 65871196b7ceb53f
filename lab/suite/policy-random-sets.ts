import fc from 'fast-check';
import type { Manifest } from '../scenario/manifest.ts';
import { HERE, NAMES, PORTS, THERE } from './policy-random-ground.ts';

const app = fc.constantFrom(...NAMES, 'nobody');
const tier = fc.constantFrom('front', 'back');

const expression = fc.oneof(
  fc.record({
    key: fc.constant('app'),
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.uniqueArray(app, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    key: fc.constant('tier'),
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.uniqueArray(tier, { minLength: 1 }),
  }),
  fc.record({ key: fc.constantFrom('tier', 'colour'), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
);
const podSelector = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 3, arbitrary: fc.record({ matchLabels: fc.record({ app, tier }, { requiredKeys: [] }) }) },
  { weight: 3, arbitrary: fc.record({ matchExpressions: fc.array(expression, { minLength: 1, maxLength: 2 }) }) },
);
const team = fc.constantFrom('shop', 'yard');
const namespaceSelector = fc.oneof(
  fc.constant({}),
  fc.record({ matchLabels: fc.record({ team }) }),
  fc.record({
    matchExpressions: fc.tuple(
      fc.record({ key: fc.constant('team'), operator: fc.constantFrom('In', 'NotIn'), values: fc.tuple(team) }),
    ),
  }),
  fc.record({
    matchExpressions: fc.tuple(
      fc.record({ key: fc.constantFrom('team', 'colour'), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
    ),
  }),
);

/** Around the address of a Pod, which only the running cluster knows. */
interface Block {
  around: string;
  bits: number;
  except: string[];
}
const block: fc.Arbitrary<Block> = fc.record({
  around: fc.constantFrom(...NAMES),
  bits: fc.constantFrom(0, 16, 24, 29, 32),
  except: fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 2 }),
});

const peer = fc.oneof(
  fc.record({ podSelector }),
  fc.record({ namespaceSelector }),
  fc.record({ namespaceSelector, podSelector }),
  fc.record({ block }),
);
const port = fc.oneof(
  fc.record({ port: fc.constantFrom(...PORTS, 80) }),
  fc.record({ port: fc.constantFrom('web', 'admin', 'gone') }),
  fc.record({ port: fc.constantFrom(8000, 8080, 8081), endPort: fc.constantFrom(8081, 8089, 8090) }),
  fc.record({ protocol: fc.constantFrom('TCP', 'UDP') }),
  fc.record({ protocol: fc.constant('UDP'), port: fc.constantFrom(...PORTS) }),
);
const rulesTo = (side: 'from' | 'to') =>
  fc.array(
    fc.record(
      { [side]: fc.array(peer, { maxLength: 2 }), ports: fc.array(port, { maxLength: 2 }) },
      { requiredKeys: [] },
    ),
    { maxLength: 2 },
  );

/** A policy whose blocks of addresses are still to be written. */
const draft = fc.record({
  namespace: fc.constantFrom(HERE, THERE),
  spec: fc.record(
    {
      podSelector,
      policyTypes: fc.constantFrom([], ['Ingress'], ['Egress'], ['Ingress', 'Egress']),
      ingress: rulesTo('from'),
      egress: rulesTo('to'),
    },
    { requiredKeys: ['podSelector'] },
  ),
});
export const anyPolicies = fc.array(draft, { minLength: 1, maxLength: 5 });
type Drafts = typeof anyPolicies extends fc.Arbitrary<infer T> ? T : never;

const numberOf = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const masked = (address: string, bits: number) => {
  const size = 2 ** (32 - bits);
  const start = Math.floor(numberOf(address) / size) * size;
  return `${[24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join('.')}/${bits}`;
};

const blockOf = ({ around, bits, except }: Block, addressOf: ReadonlyMap<string, string>) => {
  const cidr = masked(addressOf.get(around) ?? '', bits);
  // The API server takes only what lies strictly within.
  const cut = except
    .flatMap((name) => addressOf.get(name) ?? [])
    .filter((address) => bits < 32 && masked(address, bits) === cidr);
  return { cidr, ...(cut.length > 0 ? { except: cut.map((address) => `${address}/32`) } : {}) };
};

const withBlocks = <T>(spec: T, addressOf: ReadonlyMap<string, string>): T =>
  JSON.parse(JSON.stringify(spec), (_, value) =>
    value?.block ? { ipBlock: blockOf(value.block as Block, addressOf) } : value,
  );

export const policiesOf = (drafts: Drafts, addressOf: ReadonlyMap<string, string>): Manifest[] =>
  drafts.map(({ namespace, spec }, index) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `random-${index}`, namespace },
    spec: withBlocks(spec, addressOf),
  }));
