import { expect, it } from 'vitest';
import type { Flow } from '../../../src/domain/flow.js';
import step from '../../../src/steps/policy/policies-allow-rewritten-clients.js';
import { bare, cart, looking, node, type Policy, policy, realm } from './realm.js';

const look = looking(step, 'policies-allow-rewritten-clients');
const client = '198.51.100.7';
const from = (address?: string): Flow['from'] => ({ kind: 'outside', ...(address && { address }) });
const through = (name: string, source = from(client)): Flow => ({
  from: source,
  to: { kind: 'node', name },
  protocol: 'TCP',
  port: 30_080,
});
const open = (more: object = {}) => ({
  metadata: cart.metadata,
  spec: { ...cart.spec, type: 'NodePort', ports: [{ ...cart.spec.ports[0], port: 80, nodePort: 30_080 }], ...more },
});
const slice = {
  metadata: { namespace: 'shop', name: 'cart-1', labels: { 'kubernetes.io/service-name': 'cart' } },
  addressType: 'IPv4',
  ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
  endpoints: [
    {
      addresses: ['10.244.2.7'],
      nodeName: 'node-b',
      conditions: { ready: true },
      targetRef: { kind: 'Pod', namespace: 'shop', name: 'cart' },
    },
  ],
};
const ranged = (name: string, address: string, podCIDR: string) => ({ ...node(name, address), spec: { podCIDR } });
const nodes = [ranged('node-a', '10.0.0.11', '10.244.1.0/24'), ranged('node-b', '10.0.0.12', '10.244.2.0/24')];
const town = (policies: readonly Policy[], service = open(), more: object = {}) =>
  realm(policies, { services: [service], endpointslices: [slice], nodes, ...more });
const into = (...cidrs: string[]) =>
  policy('partners', {
    podSelector: { matchLabels: { app: 'cart' } },
    ingress: [{ from: [{ podSelector: {} }, ...cidrs.map((cidr) => ({ ipBlock: { cidr } }))] }],
  });
const partner = `${client}/32`;

it.each<[string, Parameters<typeof town>, Flow?]>([
  ['denied-as-node', [[into(partner)]]],
  ['allowed', [[into(partner, '10.0.0.0/24')]]],
  // The tunnel device of the node may be what stands for it.
  ['allowed', [[into(partner, '10.244.0.0/16')]]],
  ['allowed', [[]]],
  ['denied', [[into()]]],
  ['denied', [[into(partner)]], through('node-a', from())],
  ['kept', [[into(partner)], open({ externalTrafficPolicy: 'Local' })]],
  // A node reaches the Pods that it runs itself, whatever policies say.
  ['on-own-node', [[into(partner)]], through('node-b')],
  // Another Pod is let in by its label, and comes with the address of the node.
  ['denied-as-node', [[into()]], through('node-a', { kind: 'pod', namespace: 'shop', name: 'client' })],
  // Nobody puts it into effect.
  ['allowed', [[into(partner)], open(), bare]],
  ['not-a-node-port', [[into(partner)]], { ...through('node-a'), port: 30_999 }],
])('%s %#', async (outcome, about, flow = through('node-a')) => {
  expect((await look(town(...about), { flow })).outcome).toBe(outcome);
});

it('names the policy, the node, and where the Pods are', async () => {
  const { facts, en } = await look(town([into(partner)]), { flow: through('node-a') });
  expect(facts).toMatchObject({ node: 'node-a', owner: 'shop/cart', far: ['node-b'] });
  expect(en).toContain('shop/partners');
});

it('cannot-be-known: where the evaluator leaves it open', async () => {
  const { evidence } = await look(town([into(partner)]), { flow: through('node-a') });
  const found = step.evidence.parse(evidence);
  const open = found.tried.map((one) => ({
    ...one,
    instead: one.instead.map((view) => ({ ...view, side: view.side && { ...view.side, answer: 'unknown' as const } })),
  }));
  const flow = through('node-a') as Parameters<typeof step.interpret>[1];
  expect(step.interpret({ ...found, tried: open }, flow).outcome).toBe('cannot-be-known');
});
