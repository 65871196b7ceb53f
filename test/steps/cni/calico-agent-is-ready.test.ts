import { expect, it } from 'vitest';
import step from '../../../src/steps/cni/calico-agent-is-ready.js';
import { recorded } from '../../parse/recorded.js';
import { looking } from '../look.js';
import { ago } from '../shop.js';
import { agentPod, calicoShop, flannelShop } from './plugin-shop.js';
import { toCart } from './three-nodes.js';

const look = looking(step, 'calico-agent-is-ready');
const unready = { conditions: [{ type: 'Ready', status: 'False' }] };
const crashed = {
  ...unready,
  containerStatuses: [{ name: 'calico-node', ready: false, state: { waiting: { reason: 'CrashLoopBackOff' } } }],
};

interface World {
  readonly status?: object;
  readonly event?: string;
  readonly minutes?: number;
  readonly log?: string;
}
const asked: boolean[] = [];
const seen = ({ status = {}, event, minutes = 1, log = '' }: World) => {
  const agents = [agentPod('node-b', 'calico-node'), agentPod('node-c', 'calico-node', { status })];
  const events = event
    ? [
        {
          metadata: { namespace: 'kube-system', name: 'one' },
          involvedObject: { kind: 'Pod', name: 'calico-node-node-c', namespace: 'kube-system' },
          message: event,
          lastTimestamp: ago(minutes * 60),
        },
      ]
    : [];
  const logs = (_: unknown, { previous = false }: { previous?: boolean | undefined }) => {
    asked.push(previous);
    return log;
  };
  return look(calicoShop({ agents, more: { events } }), { flow: toCart, answers: { logs } });
};
const said = (name: string) => recorded('calico', name);

it.each([
  ['ready', {}],
  ['bgp-down', { status: unready, event: said('readiness-bgp') }],
  ['felix-not-ready', { status: unready, event: said('readiness-felix') }],
  ['loose-filter', { status: crashed, log: said('felix-loose') }],
  ['not-ready', { status: unready, log: 'level=info msg="Number of peers"' }],
] as [string, World][])('%s', async (outcome, world) => {
  const found = await seen(world);
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('reads the log of the container that crashed, not of the one that is about to', async () => {
  asked.length = 0;
  await seen({ status: crashed, log: said('felix-loose') });
  expect(asked).toEqual([true]);
});

it('takes no complaint from an event of an hour ago', async () => {
  expect((await seen({ status: unready, event: said('readiness-bgp'), minutes: 60 })).outcome).toBe('not-ready');
});

it('asks neither events nor logs of agents that are ready', async () => {
  expect((await seen({})).used).not.toContain('events');
});

it('no-agent-pods and not-calico', async () => {
  expect((await look(calicoShop({ agents: [] }), { flow: toCart })).outcome).toBe('no-agent-pods');
  const found = await look(flannelShop(), { flow: toCart });
  expect(found.outcome).toBe('not-calico');
  expect(found.used.toSorted()).toEqual(['nodes', 'pods']);
});
