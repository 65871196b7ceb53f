import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { Flow } from '../../../src/domain/flow.js';
import type { JsonObject } from '../../../src/domain/json.js';
import step from '../../../src/steps/policy/policy-rules-drop-nothing.js';
import { recorded } from '../../parse/recorded.js';
import { ofCorpus } from '../../parse/rules/on-node.js';
import { ran } from '../../support/fake-world.js';
import { looking, node, realm } from './realm.js';

const look = looking(step, 'policy-rules-drop-nothing');

// Recorded while the policy `restricted` of `treasury` shut everybody out of the Pod `coffer`.
const shut = ofCorpus('doors/policy-denies-ingress/node-b/iptables-save.txt');
const free = ofCorpus('doors/healthy/node-b/iptables-save.txt');
const coffer = 'coffer-6899cb898d-dnrhm';
const rejected = /\[3:180\](?= -A KUBE-POD-FW-\S+ -m comment --comment "rule to REJECT traffic)/;
const counting = (packets: number) => shut.replace(rejected, `[${packets}:${packets * 60}]`);

const flow: Flow = {
  from: { kind: 'pod', namespace: 'treasury', name: 'minister' },
  to: { kind: 'service', namespace: 'treasury', name: 'coffer' },
  protocol: 'TCP',
  port: 80,
};
const at = (name: string, nodeName: string, podIP: string) => ({
  metadata: { namespace: 'treasury', name, labels: { app: name.split('-')[0] ?? '' } },
  spec: { nodeName, containers: [{ name: 'main' }] },
  status: { phase: 'Running', podIP, podIPs: [{ ip: podIP }] },
});
const service = {
  metadata: { namespace: 'treasury', name: 'coffer' },
  spec: {
    clusterIP: '10.96.9.9',
    ipFamilies: ['IPv4'],
    selector: { app: 'coffer' },
    ports: [{ port: 80, targetPort: 8131 }],
  },
};
const slice = {
  metadata: { namespace: 'treasury', name: 'coffer-1', labels: { 'kubernetes.io/service-name': 'coffer' } },
  addressType: 'IPv4',
  ports: [{ name: '', port: 8131, protocol: 'TCP' }],
  endpoints: [
    {
      addresses: ['10.244.0.4'],
      nodeName: 'node-b',
      conditions: { ready: true },
      targetRef: { kind: 'Pod', name: coffer },
    },
  ],
};
const world = (more: object = {}) =>
  realm([], {
    nodes: [node('node-a', '10.0.0.11'), node('node-b', '10.0.0.12')],
    pods: [at('minister', 'node-a', '10.244.1.4'), at(coffer, 'node-b', '10.244.0.4')],
    services: [service],
    endpointslices: [slice],
    ...more,
  });

const fixed: Readonly<Record<string, string>> = {
  'packet-rules-version': 'iptables v1.8.9 (legacy)\n',
  'packet-table-names': 'filter\nnat\n',
  'nft-tables': '{"nftables":[]}',
};
const wayTo = ({ address }: JsonObject) => `${String(address)} dev ${address === '10.244.0.4' ? 'cni0' : 'flannel.1'}`;

interface Seen {
  readonly before: string;
  readonly after?: string;
  readonly connect?: string;
  readonly blind?: string;
  readonly objects?: object;
  readonly of?: Flow;
}
const seen = ({ before, after = before, connect = 'refused', blind = '', objects = {}, of = flow }: Seen) => {
  const spoken = ran(recorded('nc-busybox', `connect-${connect}`), { tool: 'nc' });
  const rulesOf = (name: string, { moment }: JsonObject) =>
    name === 'node-a' ? free : moment === 'after' ? after : before;
  const onNode = (query: string, args: JsonObject, name: string) => {
    if ([name, 'all'].includes(blind)) throw new CannotLook('lost', 'no way in');
    if (query === 'tcp-connect') return spoken;
    if (query === 'route-to-address') return ran(wayTo(args));
    if (query === 'packet-rules') return ran(rulesOf(name, args));
    return ran(fixed[query] ?? '');
  };
  return look(world(objects), { flow: of, answers: { pod: () => spoken, node: onNode } });
};

it('dropped-at-destination: the rule of the Pod counted every connect that was refused', async () => {
  const found = await seen({ before: counting(3), after: counting(11) });
  expect(found).toMatchObject({
    outcome: 'dropped-at-destination',
    result: 'fail',
    facts: { node: 'node-b', counted: 8, address: '10.244.0.4', 'target-port': 8131 },
  });
  expect(found.en).toContain(coffer);
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it('dropped-at-source: the same rule where the Pod is the one that starts', async () => {
  const swapped: Flow = {
    ...flow,
    from: { kind: 'pod', namespace: 'treasury', name: coffer },
    to: { kind: 'pod', namespace: 'treasury', name: 'minister' },
    port: 8000,
  };
  const found = await seen({ before: counting(3), after: counting(11), of: swapped });
  expect(found.outcome).toBe('dropped-at-source');
});

it('dropped: on one node, by a rule that names nobody', async () => {
  const found = await seen({ before: counting(3), after: counting(11) });
  const evidence = step.evidence.parse(found.evidence);
  for (const { filters } of evidence.around?.seen ?? [])
    for (const filter of filters) filter.rule = '-A WEAVE-NPC -j DROP';
  expect(step.interpret({ ...evidence, start: 'node-b' }, flow as never).outcome).toBe('dropped');
  expect(step.interpret(evidence, flow as never).outcome).toBe('dropped-at-destination');
});

it('nothing-dropped: totals of old drops say nothing, only what rises does', async () => {
  expect(await seen({ before: counting(900) })).toMatchObject({ outcome: 'nothing-dropped', result: 'pass' });
});

it('passes: whatever the counters did meanwhile', async () => {
  expect((await seen({ before: counting(3), after: counting(11), connect: 'open' })).outcome).toBe('passes');
});

it('partly-seen: a node that could not be read hides its rules', async () => {
  expect((await seen({ before: counting(3), blind: 'node-a' })).outcome).toBe('partly-seen');
  await expect(seen({ before: counting(3), blind: 'all' })).rejects.toThrow(CannotLook);
});

it('not-tried: nothing to connect to', async () => {
  expect((await seen({ before: free, objects: { services: [], endpointslices: [] } })).outcome).toBe('not-tried');
});

it('tries a Pod that is not ready where no endpoint is listed', async () => {
  const found = await seen({ before: counting(3), after: counting(11), objects: { endpointslices: [] } });
  expect(found).toMatchObject({ outcome: 'dropped-at-destination', facts: { address: '10.244.0.4' } });
});
