import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { nodesOf, usable } from '../../domain/endpoints.js';
import type { Flow, Port, Protocol } from '../../domain/flow.js';
import { nameOf } from '../../domain/name-of.js';
import { internalAddress } from '../../domain/node-address.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { servicesAt } from '../../domain/service-at.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { portsMeant, servicePorts } from '../../domain/service-port.js';
import { defineStep } from '../../domain/step.js';
import { understood } from '../../domain/understood.js';
import { connectFactsSchema } from '../../parse/connect.js';
import { sourceOf } from '../../queries/probes/source-of.js';
import { tcpConnect, threeTries } from '../../queries/tcp-connect.js';

const triedSchema = z.strictObject({ node: z.string(), address: z.string(), connect: connectFactsSchema });
const evidenceSchema = z.object({
  /** `NAMESPACE/NAME`; empty where nothing has a node port there. */
  owner: z.string(),
  port: z.int(),
  local: z.boolean(),
  /** Nodes with an endpoint that takes traffic. */
  serving: z.array(z.string()),
  asked: z.string(),
  tried: z.array(triedSchema),
});
type Evidence = z.infer<typeof evidenceSchema>;
type Reader = ObjectReader<'services' | 'endpointslices' | 'nodes'>;

const failing = ({ tried }: Evidence) => tried.filter(({ connect }) => connect.failed > 0).map(({ node }) => node);

const judge = (evidence: Evidence) => {
  const { tried, local, serving, asked } = evidence;
  if (evidence.port === 0) return 'not-a-node-port';
  if (tried.length === 0) return 'not-tried';
  const bad = failing(evidence);
  if (bad.length === 0) return 'all-answer';
  // Where the policy is Local, a node without an endpoint is meant to be silent.
  if (local && bad.every((node) => !serving.includes(node)))
    return bad.includes(asked) ? 'local-elsewhere' : 'as-local';
  if (bad.length === tried.length) return 'none-answers';
  return 'some-fail';
};

// As many as show a pattern; a cluster may have thousands.
const most = 8;

/** The node that was asked for first, then nodes with endpoints and others, by turns. */
const chosen = <T extends { node: string }>(nodes: readonly T[], asked: string, serving: readonly string[]) => {
  const [first, rest] = [nodes.filter(({ node }) => node === asked), nodes.filter(({ node }) => node !== asked)];
  const [near, far] = [
    rest.filter(({ node }) => serving.includes(node)),
    rest.filter(({ node }) => !serving.includes(node)),
  ];
  const turns = Array.from({ length: rest.length }, (_, at) => [near[at], far[at]].flatMap((one) => one ?? []));
  return [...first, ...turns.flat()].slice(0, most);
};

const ownerOf = async (kube: Reader, { to, port, protocol }: Flow<'pod' | 'node', 'service' | 'node'>) => {
  if (to.kind === 'service') return { namespace: to.namespace, name: to.name, port };
  if (typeof port !== 'number') return undefined;
  const [found] = await servicesAt(kube, { address: '', port, protocol, node: to.name });
  return found?.by === 'node-port' ? found : undefined;
};

const portOpened = async (
  kube: Reader,
  owner: { namespace: string; name: string; port?: Port | undefined },
  protocol: Protocol,
): Promise<Pick<Evidence, 'port' | 'local' | 'serving'>> => {
  const { service, endpoints } = await serviceAndEndpoints(kube, owner);
  const meant = portsMeant(servicePorts(service), { port: owner.port, protocol })[0];
  const { ports = [], externalTrafficPolicy } = service?.spec ?? {};
  const isServing = (node: string) => usable(endpoints.filter((endpoint) => endpoint.node === node)).length > 0;
  return {
    port: ports.find(({ port }) => port === meant?.port)?.nodePort ?? 0,
    local: externalTrafficPolicy === 'Local',
    serving: nodesOf(endpoints).filter(isServing),
  };
};

const nodesIn = async (kube: Reader) =>
  (await kube.list('nodes', { limit: 50 })).flatMap((node) => {
    const address = internalAddress(node);
    return address ? [{ node: nameOf(node), address }] : [];
  });

export default defineStep({
  stage: 'exposure',
  level: 'probe',
  cost: 2,
  reads: ['services', 'endpointslices', 'nodes'],
  runs: [tcpConnect],
  from: ['pod', 'node'],
  to: ['service', 'node'],
  evidence: evidenceSchema,
  outcomes: {
    'all-answer': 'pass',
    'as-local': 'pass',
    'local-elsewhere': 'fail',
    'some-fail': 'fail',
    'none-answers': 'fail',
    'not-a-node-port': 'pass',
    'not-tried': 'unsure',
  },

  async collect(ports, flow): Promise<Evidence> {
    const { kube } = ports;
    const asked = flow.to.kind === 'node' ? flow.to.name : '';
    const none = { owner: '', port: 0, local: false, serving: [], asked, tried: [] };
    const owner = await ownerOf(kube, flow);
    if (!owner) return none;
    const opened = await portOpened(kube, owner, flow.protocol);
    const base = { ...none, ...opened, owner: `${owner.namespace}/${owner.name}` };
    if (base.port === 0 || flow.protocol !== 'TCP') return base;
    const nodes = chosen(await nodesIn(kube), asked, base.serving);
    const source = sourceOf(ports, flow.from);
    const tried = await Promise.all(
      nodes.map(async ({ node, address }) => ({
        ...{ node, address },
        connect: understood(await source.run(tcpConnect, threeTries(address, base.port))),
      })),
    );
    return { ...base, tried };
  },

  interpret(evidence) {
    const { owner, port, serving, asked, tried } = evidence;
    const bad = failing(evidence);
    const facts = {
      ...{ owner, 'node-port': port, asked, serving: capped(serving), of: tried.length, failing: capped(bad) },
      answering: capped(tried.map(({ node }) => node).filter((node) => !bad.includes(node))),
      address: tried.find(({ node }) => node === bad[0])?.address ?? tried[0]?.address ?? '',
    };
    return { outcome: judge(evidence), facts };
  },
});
