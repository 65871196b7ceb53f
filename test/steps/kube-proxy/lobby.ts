import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { parse } from 'yaml';
import type { Flow } from '../../../src/domain/flow.js';
import { flowWords } from '../../../src/domain/flow-words.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { Run } from '../../../src/domain/query.js';
import type { AnyStep, Judgement } from '../../../src/domain/step.js';
import { fill, languages, stepTextSchema } from '../../../src/domain/text.js';
import { stateFile } from '../../parse/rules/on-node.js';
import { type FakeObjects, fakeWorld, portsOver, ran } from '../../support/fake-world.js';

// The Services for which kube-proxy wrote the recorded rules: a node with 10.0.0.12 and 10.0.1.12, Pods in 10.244.0.0/16.
const near = { addresses: ['10.244.1.4'], nodeName: 'node-b', conditions: { ready: true } };
const far = { addresses: ['10.244.2.9'], nodeName: 'node-c', conditions: { ready: true } };
type Endpoint = typeof near;

const service = (name: string, clusterIP: string, spec: object, ip?: string) => ({
  metadata: { namespace: 'lobby', name },
  spec: {
    clusterIP,
    clusterIPs: [clusterIP],
    ipFamilies: ['IPv4'],
    type: 'NodePort',
    selector: { app: name },
    ...spec,
  },
  ...(ip && { status: { loadBalancer: { ingress: [{ ip }] } } }),
});
const ports = (nodePort?: number) => [{ port: 80, targetPort: 8080, protocol: 'TCP', ...(nodePort && { nodePort }) }];
const slice = (name: string, endpoints: readonly Endpoint[]) => ({
  metadata: { namespace: 'lobby', name: `${name}-1`, labels: { 'kubernetes.io/service-name': name } },
  addressType: 'IPv4',
  ports: [{ name: '', port: 8080, protocol: 'TCP' }],
  endpoints: [...endpoints],
});
const node = (name: string, ...addresses: string[]) => ({
  metadata: { name },
  status: {
    conditions: [{ type: 'Ready', status: 'True' }],
    addresses: addresses.map((address) => ({ type: 'InternalIP', address })),
  },
});
const pod = (name: string, nodeName: string, more: { podIP: string; spec?: object }) => ({
  metadata: { namespace: 'lobby', name, labels: { app: name } },
  spec: { nodeName, containers: [], ...more.spec },
  status: { phase: 'Running', podIP: more.podIP },
});

export const lobby = (more: Readonly<Record<string, readonly Endpoint[]>> = {}): FakeObjects => ({
  nodes: [node('node-a', '10.0.0.11'), node('node-b', '10.0.0.12', '10.0.1.12'), node('node-c', '10.0.0.13')],
  pods: [
    pod('guest', 'node-a', { podIP: '10.244.0.9' }),
    pod('clerk', 'node-b', { podIP: '10.244.1.9' }),
    pod('porter', 'node-b', { podIP: '10.0.0.12', spec: { hostNetwork: true } }),
    pod('door', 'node-b', {
      podIP: '10.244.1.20',
      spec: { containers: [{ name: 'web', ports: [{ containerPort: 8960, hostPort: 9960 }] }] },
    }),
  ],
  services: [
    service('desk', '10.96.0.21', { ports: ports(30_080) }),
    service(
      'gate',
      '10.96.0.22',
      { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports: ports(30_081) },
      '198.51.100.50',
    ),
    service(
      'hall',
      '10.96.0.23',
      { type: 'LoadBalancer', loadBalancerSourceRanges: ['203.0.113.0/24'], ports: ports(30_082) },
      '198.51.100.51',
    ),
    service(
      'lift',
      '10.96.0.24',
      { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports: ports(30_083) },
      '198.51.100.52',
    ),
    service('kiosk', '10.96.0.25', { type: 'ClusterIP', externalIPs: ['198.51.100.60'], ports: ports() }),
    service('attic', '10.96.0.26', { ports: ports(30_085) }),
  ],
  endpointslices: Object.entries({
    ...{ desk: [near, far], gate: [far], hall: [near, far], lift: [near, far], kiosk: [near, far], attic: [] },
    ...more,
  }).map(([name, endpoints]) => slice(name, endpoints)),
});
export const endpoints = { near, far };

export const from = (name: string) => ({ kind: 'pod', namespace: 'lobby', name }) as const;
export const flow = (source: Flow['from'], to: string, port: number): Flow => ({
  from: source,
  to: to.startsWith('node-') ? { kind: 'node', name: to } : { kind: 'ip', address: to },
  protocol: 'TCP',
  port,
});

const local = ['10.0.0.11', '10.0.0.12', '10.0.0.13', '10.0.1.12', '127.0.0.1'];
const route = (address: string) => {
  if (local.includes(address)) return `local ${address} dev lo table local src ${address}`;
  return address.startsWith('10.244.1.')
    ? `${address} dev cni0 src 10.244.1.1`
    : `${address} via 10.0.0.1 dev eth0 src 10.0.0.12`;
};

export type On = (query: string, args: JsonObject, node: string) => Run | undefined;

const silentPort = ran('', { tool: 'curl', exitCode: 7 });
const noTable = ran('', { exitCode: 1, stderr: 'cat: /proc/net/ip_vs: No such file or directory' });

/** A node of the recordings in that state; its kube-proxy tells its configuration where one is named. */
export const answersIn =
  (state: string, config = '') =>
  (query: string, args: JsonObject): Run => {
    switch (query) {
      case 'packet-table-names':
        return ran(stateFile(state, 'packet-table-names.txt'));
      case 'packet-rules-version':
        return ran('iptables v1.8.9 (nf_tables)\n');
      case 'packet-rules':
        return ran(stateFile(state, 'packet-rules.txt'));
      case 'nft-tables':
        return ran(stateFile(state, 'nft-tables.json'));
      case 'nft-table':
        return ran(stateFile(state, `nft-${String(args.family)}-${String(args.table)}.json`));
      case 'ip-sets':
        return ran(stateFile(state, 'ip-sets.txt'));
      case 'device-names':
        return ran('cni0\neth0\nlo\n');
      case 'route-to-address':
        return ran(route(String(args.address)));
      case 'virtual-servers':
        return noTable;
      case 'kube-proxy-config':
        return config === '' ? silentPort : ran(proxyConfig(config));
      default:
        throw new Error(`the test expects no ${query} on a node`);
    }
  };

export const proxyConfig = (name: string) =>
  readFileSync(new URL(`../../fixtures/kube-proxy-port/configz-${name}.json`, import.meta.url), 'utf8');

interface Seen {
  readonly flow: Flow;
  readonly objects?: FakeObjects;
  readonly state?: string;
  readonly config?: string;
  readonly on?: On;
}

/** Collects and judges on a node in that state, and says the finding in every language. */
export const lookIn =
  (step: AnyStep, id: string) =>
  async ({ flow: seen, objects = lobby(), state = 'doors', config = 'default', on }: Seen) => {
    const answers = answersIn(state, config);
    const world = fakeWorld(objects, { node: (query, args, name) => on?.(query, args, name) ?? answers(query, args) });
    const collected = await step.collect(portsOver(step, world), seen, world.signal);
    const evidence = step.evidence.parse(JSON.parse(JSON.stringify(collected)));
    const judged: Judgement = step.interpret(evidence, seen);
    const words = { ...flowWords(seen), ...judged.facts };
    const file = new URL(`../../../src/steps/${step.stage}/${id}.text.yaml`, import.meta.url);
    const text = stepTextSchema.parse(parse(readFileSync(file, 'utf8')));
    for (const language of languages) {
      expect(Object.keys(text[language].outcomes).toSorted()).toEqual(Object.keys(step.outcomes).toSorted());
      expect(fill(text[language].outcomes[judged.outcome] ?? '{missing}', words)).not.toMatch(/\{[a-z-]+\}/);
    }
    return { ...judged, result: step.outcomes[judged.outcome], evidence, used: world.used, calls: world.calls };
  };
