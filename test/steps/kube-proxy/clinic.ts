import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { parse } from 'yaml';
import type { Flow } from '../../../src/domain/flow.js';
import { flowWords } from '../../../src/domain/flow-words.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { Run } from '../../../src/domain/query.js';
import type { AnyStep, Judgement } from '../../../src/domain/step.js';
import { fill, languages, stepTextSchema } from '../../../src/domain/text.js';
import { answersOf, type NodeState } from '../../parse/rules/on-node.js';
import { type FakeAnswers, type FakeObjects, fakeWorld, portsOver } from '../../support/fake-world.js';

/** The Service of the recordings: its address, port and endpoint stand in their rules. */
interface Parts {
  readonly namespace: string;
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly endpoints: readonly string[];
  readonly target: number;
}
export const records = {
  namespace: 'clinic',
  name: 'records',
  address: '10.96.114.96',
  port: 8700,
  endpoints: ['10.244.1.4'],
  target: 8700,
} satisfies Parts;
export const oven = {
  namespace: 'bakery',
  name: 'oven',
  address: '10.96.173.187',
  port: 450,
  endpoints: ['10.244.1.3'],
  target: 8450,
} satisfies Parts;
export const mould = {
  namespace: 'ironworks',
  name: 'mould',
  address: '10.96.7.42',
  port: 642,
  endpoints: ['10.244.1.3'],
  target: 8642,
} satisfies Parts;

const node = (name: string, address: string) => ({
  metadata: { name },
  status: { conditions: [{ type: 'Ready', status: 'True' }], addresses: [{ type: 'InternalIP', address }] },
});

export const clusterWith = (parts: Parts, more: FakeObjects = {}): FakeObjects => {
  const { namespace, name } = parts;
  return {
    nodes: [node('node-a', '10.0.0.11'), node('node-b', '10.0.0.12'), node('node-c', '10.0.0.13')],
    pods: [
      {
        metadata: { namespace, name: 'client' },
        spec: { nodeName: 'node-a' },
        status: { phase: 'Running', podIP: '10.244.1.9' },
      },
      {
        metadata: { namespace, name: `${name}-1`, labels: { app: name } },
        spec: { nodeName: 'node-b' },
        status: { phase: 'Running', podIP: parts.endpoints[0] ?? '' },
      },
    ],
    services: [
      {
        metadata: { namespace, name },
        spec: {
          clusterIP: parts.address,
          clusterIPs: [parts.address],
          ipFamilies: ['IPv4'],
          selector: { app: name },
          ports: [{ port: parts.port, targetPort: parts.target }],
        },
      },
    ],
    endpointslices: [
      {
        metadata: { namespace, name: `${name}-1`, labels: { 'kubernetes.io/service-name': name } },
        addressType: 'IPv4',
        ports: [{ name: '', port: parts.target, protocol: 'TCP' }],
        endpoints: parts.endpoints.map((address) => ({
          addresses: [address],
          nodeName: 'node-b',
          conditions: { ready: true },
        })),
      },
    ],
    ...more,
  };
};

export const flowTo = ({ namespace, name }: Pick<Parts, 'namespace' | 'name'>) =>
  ({
    from: { kind: 'pod', namespace, name: 'client' },
    to: { kind: 'service', namespace, name },
    protocol: 'TCP',
  }) as const satisfies Flow;

export interface Nodes {
  /** The node of the client. */
  readonly here: NodeState;
  readonly others?: NodeState;
  readonly pod?: FakeAnswers['pod'];
  readonly on?: (query: string, args: JsonObject, node: string) => Run | undefined;
}

/** Collects and judges, proves that all was read that is declared, and says the finding in every language. */
export const lookAt = async (step: AnyStep, id: string, seen: Nodes & { objects: FakeObjects; flow: Flow }) => {
  const { here, others = here, on, pod, objects, flow } = seen;
  const world = fakeWorld(objects, {
    ...(pod && { pod }),
    node: (query, args, name) => on?.(query, args, name) ?? answersOf(name === 'node-a' ? here : others)(query, args),
  });
  const collected = await step.collect(portsOver(step, world), flow, world.signal);
  const evidence = step.evidence.parse(JSON.parse(JSON.stringify(collected)));
  const judged: Judgement = step.interpret(evidence, flow);
  const words = { ...flowWords(flow), ...judged.facts };
  const file = new URL(`../../../src/steps/kube-proxy/${id}.text.yaml`, import.meta.url);
  const text = stepTextSchema.parse(parse(readFileSync(file, 'utf8')));
  for (const language of languages) {
    expect(Object.keys(text[language].outcomes).toSorted()).toEqual(Object.keys(step.outcomes).toSorted());
    expect(fill(text[language].outcomes[judged.outcome] ?? '{missing}', words)).not.toMatch(/\{[a-z-]+\}/);
  }
  return { ...judged, result: step.outcomes[judged.outcome], evidence, used: world.used, ran: world.ran };
};
