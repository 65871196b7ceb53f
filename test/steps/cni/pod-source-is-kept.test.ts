import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/pod-source-is-kept.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { cluster, toCart } from './three-nodes.js';

const look = looking(step, 'pod-source-is-kept');
/** A recorded entry with the addresses of this cluster; the gateway address is what the rule wrote. */
const tracked = (name: string) =>
  recorded('conntrack', name).replaceAll('10.244.1.5', '10.244.1.2').replaceAll('10.0.0.12', '10.244.2.5');
const seen = (entries: string, more: { flow?: typeof toCart; objects?: ReturnType<typeof cluster> } = {}) =>
  look(more.objects ?? cluster(), {
    flow: more.flow ?? toCart,
    answers: {
      pod: () => ran(recorded('nc-busybox', 'connect-open'), { tool: 'nc' }),
      node: () => ran(entries, { tool: 'conntrack' }),
    },
  });

it('kept: the answer goes to the Pod', async () => {
  const found = await seen(tracked('tcp-kept'));
  expect(found).toMatchObject({ outcome: 'kept', facts: { client: '10.244.1.2', address: '10.244.2.5' } });
  expect(found.used.toSorted()).toEqual(['pods']);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('masqueraded: the answer goes to the node', async () => {
  const found = await seen(tracked('tcp-masqueraded'));
  expect(found).toMatchObject({ outcome: 'masqueraded', result: 'warn', facts: { rewritten: '10.0.0.11' } });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('raises no alarm for connections of the Pod to another port, as through a proxy of the node', async () => {
  expect((await seen(tracked('tcp-masqueraded').replaceAll('8080', '9090'))).outcome).toBe('no-entries');
});

it('no-entries: an agent that keeps its own table', async () => {
  expect((await seen('')).outcome).toBe('no-entries');
});

it('not-tcp', async () => {
  expect((await seen('', { flow: { ...toCart, protocol: 'UDP' } })).outcome).toBe('not-tcp');
});

it('none-to-try: a source in the network of its node has the address of the node anyway', async () => {
  const objects = cluster();
  const pods = objects.pods.map((one) => ({ ...one, spec: { ...one.spec, hostNetwork: true } }));
  expect((await seen('', { objects: { ...objects, pods } })).outcome).toBe('none-to-try');
});
