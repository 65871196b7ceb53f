import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/pod-address-is-answered-by-its-pod.js';
import { corpus } from '../../parse/corpus.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { answers, cluster, toCart } from './three-nodes.js';

const look = looking(step, 'pod-address-is-answered-by-its-pod');
const table = (name: string) => corpus(`plain/healthy/pod/${name}.json`);
const inPod = `== links\n${table('ip-addr')}\n== routes\n${table('ip-route')}\n== neighbours\n${table('ip-neigh')}`;
const own = JSON.parse(table('ip-addr')).find(({ ifname }: { ifname: string }) => ifname === 'eth0').address;
const cart = '10.244.2.5';
const row = (dst: string, lladdr: string | undefined, state = 'REACHABLE') => ({
  ...{ dst, dev: 'cni0', state: [state] },
  ...(lladdr && { lladdr }),
});

interface Seen {
  readonly neighbours?: readonly object[];
  readonly found?: string;
  readonly changes?: Parameters<typeof answers>[0];
  readonly objects?: ReturnType<typeof cluster>;
}
const seen = ({ neighbours = [row(cart, own)], found = 'group 456\n', changes, objects = cluster() }: Seen = {}) =>
  look(objects, {
    flow: toCart,
    answers: answers(changes, (query, _, node) => {
      if (changes?.[node]) return undefined;
      if (query === 'pod-network-namespace') return ran(found, { tool: 'grep' });
      if (query === 'pod-network') return ran(inPod);
      if (query === 'tcp-connect') return ran(recorded('nc-busybox', 'connect-refused'), { tool: 'nc' });
      return query === 'ip-neighbours' ? ran(JSON.stringify(neighbours)) : undefined;
    }),
  });

it.each<[string, Seen]>([
  ['own', {}],
  ['another-answers', { neighbours: [row(cart, '8e:11:22:33:44:55')] }],
  ['silent', { neighbours: [row(cart, undefined, 'FAILED')] }],
  ['not-asked', { neighbours: [row('10.244.2.9', '8e:11:22:33:44:55')] }],
])('%s', async (outcome, change) => {
  const found = await seen(change);
  expect(found).toMatchObject({ outcome, facts: { node: 'node-c', 'wired-pod': 'cart', address: cart } });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});

it('no-pod: the far end has the network of its node', async () => {
  const objects = cluster();
  const pods = objects.pods.map((pod) => ({ ...pod, spec: { ...pod.spec, hostNetwork: true } }));
  expect((await seen({ objects: { ...objects, pods } })).outcome).toBe('no-pod');
});

it('partly-seen: one of two Pods on a node that is shut', async () => {
  const { evidence } = await seen();
  const half = step.evidence.parse({ ...evidence, unseen: [{ pod: 'cart-2', node: 'node-a', why: 'shut' }] });
  const flow = { ...toCart, to: { kind: 'pod', namespace: 'shop', name: 'cart' } } as const;
  expect(step.interpret(half, { ...flow, from: { kind: 'pod', namespace: 'shop', name: 'client' } })).toMatchObject({
    outcome: 'partly-seen',
    facts: { unseen: 'cart-2', why: 'shut' },
  });
});

it('raises no alarm for a Pod with several cards, of which another answers', async () => {
  const loop = JSON.parse(table('ip-addr')).find(({ ifname }: { ifname: string }) => ifname === 'lo').address;
  expect((await seen({ neighbours: [row(cart, loop)] })).outcome).toBe('own');
});

it('cannot look where nobody may enter the node, or finds the Pod there', async () => {
  await expect(seen({ changes: { 'node-c': 'unseen' } })).rejects.toThrow('nobody may enter');
  await expect(seen({ found: '' })).rejects.toThrow('was not found');
});
