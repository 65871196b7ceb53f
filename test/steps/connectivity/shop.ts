import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { parse } from 'yaml';
import type { Flow } from '../../../src/domain/flow.js';
import { flowWords } from '../../../src/domain/flow-words.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { AnyStep } from '../../../src/domain/step.js';
import { fill, languages, stepTextSchema } from '../../../src/domain/text.js';
import { parseConnect } from '../../../src/parse/connect.js';
import { recorded } from '../../parse/recorded.js';
import { type FakeAnswers, type FakeObjects, fakeWorld, portsOver, ran } from '../../support/fake-world.js';

const inShop = <T extends object>(name: string, more: T) => ({ metadata: { namespace: 'shop', name, ...more } });

export const client = { ...inShop('client', {}), spec: { nodeName: 'node-a' }, status: { podIP: '10.244.1.9' } };
export const cart = {
  ...inShop('cart', {}),
  spec: {
    clusterIP: '10.96.1.2',
    clusterIPs: ['10.96.1.2'],
    ipFamilies: ['IPv4'],
    selector: { app: 'cart' },
    ports: [{ name: 'http', port: 80, targetPort: 8080 }],
  },
};
const endpoint = (address: string, nodeName: string) => ({
  addresses: [address],
  nodeName,
  conditions: { ready: true },
});
export const near = '10.244.1.7';
export const far = '10.244.2.7';
export const slice = {
  ...inShop('cart-1', { labels: { 'kubernetes.io/service-name': 'cart' } }),
  addressType: 'IPv4',
  ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
  endpoints: [endpoint(near, 'node-a'), endpoint(far, 'node-b')],
};
export const cartPod = {
  ...inShop('cart-7', { labels: { app: 'cart' } }),
  spec: { nodeName: 'node-b', containers: [{ name: 'cart', ports: [{ containerPort: 8080 }] }] },
  status: { phase: 'Running', podIP: far, podIPs: [{ ip: far }] },
};
export const shop = { pods: [client], services: [cart], endpointslices: [slice] };

export const toCart = {
  from: { kind: 'pod', namespace: 'shop', name: 'client' },
  to: { kind: 'service', namespace: 'shop', name: 'cart' },
  protocol: 'TCP',
} as const satisfies Flow;

export const connected = (name: string) => parseConnect(recorded('nc-busybox', `connect-${name}`), 'nc');
/** What `nc` of a busybox left behind. */
export const spoken = (name: string) => ran(recorded('nc-busybox', name), { tool: 'nc' });
/** Another connect by address; everything is open that is not named. */
export const connects =
  (failures: Record<string, string> = {}) =>
  (query: string, args: JsonObject) => {
    if (query !== 'tcp-connect') throw new Error(`the test expects no ${query}`);
    return spoken(`connect-${failures[String(args.host)] ?? 'open'}`);
  };

/** Collects and judges in a world, and proves that nothing declared was left unread. */
export const look = async (step: AnyStep, flow: Flow, ...[objects, pod]: [FakeObjects, FakeAnswers['pod']?]) => {
  const world = fakeWorld(objects, { ...(pod && { pod }) });
  const evidence = step.evidence.parse(await step.collect(portsOver(step, world), flow, world.signal));
  return { evidence, judged: step.interpret(evidence, flow), used: world.used, ran: world.ran, calls: world.calls };
};

/** The finding as a sentence in every language; each has to be whole. */
export const sentences = (step: AnyStep, id: string, evidence: unknown): string => {
  const file = new URL(`../../../src/steps/connectivity/${id}.text.yaml`, import.meta.url);
  const text = stepTextSchema.parse(parse(readFileSync(file, 'utf8')));
  const { outcome, facts = {} } = step.interpret(step.evidence.parse(evidence), toCart);
  for (const language of languages) {
    expect(Object.keys(text[language].outcomes).toSorted()).toEqual(Object.keys(step.outcomes).toSorted());
    const sentence = fill(text[language].outcomes[outcome] ?? '{missing}', { ...flowWords(toCart), ...facts });
    expect(sentence).not.toMatch(/\{[a-z-]+\}/);
  }
  return outcome;
};
