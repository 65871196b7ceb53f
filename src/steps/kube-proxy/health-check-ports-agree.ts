import { isIPv4 } from 'node:net';
import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import type { Flow } from '../../domain/flow.js';
import { flowNodeSchema, nodesOfFlow } from '../../domain/flow-nodes.js';
import { placedName } from '../../domain/name-of.js';
import { internalAddress } from '../../domain/node-address.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { defineStep } from '../../domain/step.js';
import { type Target, targetSchema, targetsOf } from '../../domain/targets.js';
import { localHealthSchema } from '../../parse/rules/health-check-port.js';
import { doorFlow } from '../../queries/probes/door-flow.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { localHealth } from '../../queries/rules/local-health.js';

const seenSchema = z.strictObject({
  ...flowNodeSchema.shape,
  /** Absent where nothing, or somebody else, answered. */
  said: localHealthSchema.optional(),
});
const evidenceSchema = z.object({
  owner: z.string(),
  port: z.int(),
  expected: z.array(targetSchema),
  seen: z.array(seenSchema),
  unseen: z.array(unseenSchema),
});
type Evidence = z.infer<typeof evidenceSchema>;
type Reader = ObjectReader<'services' | 'endpointslices' | 'pods' | 'nodes'>;
type Towards = Pick<Flow<'pod' | 'node', 'service' | 'node' | 'ip'>, keyof Flow>;

const found = async (kube: Reader, flow: Towards) => {
  const { to } = flow;
  if (to.kind !== 'service') return await doorFlow(kube, { ...flow, to });
  const { service, slices } = await serviceAndEndpoints(kube, to);
  return { service, expected: targetsOf(service, slices, flow) };
};

/** Only a load balancer with local policy has such a port; 0 stands for none. */
const askedOf = async (kube: Reader, flow: Towards): Promise<Pick<Evidence, 'owner' | 'port' | 'expected'>> => {
  const { service, expected = [] } = (await found(kube, flow)) ?? {};
  const { healthCheckNodePort = 0, externalTrafficPolicy } = service?.spec ?? {};
  const port = externalTrafficPolicy === 'Local' ? healthCheckNodePort : 0;
  return { owner: placedName(service ?? {}), port, expected: [...expected] };
};

const localOn = (expected: readonly Target[], node: string) =>
  new Set(expected.filter((target) => target.node === node).map(({ address }) => address)).size;

type Wrong = 'says-none' | 'says-some' | 'silent' | undefined;

const wrongAt = ({ node, said }: Evidence['seen'][number], { expected, owner }: Evidence): Wrong => {
  if (!said || said.service !== owner) return 'silent';
  const there = localOn(expected, node);
  if (said.endpoints === 0) return there > 0 ? 'says-none' : undefined;
  return there === 0 ? 'says-some' : undefined;
};

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 1,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: [localHealth],
  from: ['pod', 'node'],
  to: ['service', 'node', 'ip'],
  evidence: evidenceSchema,
  outcomes: {
    agree: 'pass',
    'says-none': 'fail',
    'says-some': 'fail',
    silent: 'warn',
    'not-local': 'pass',
  },

  async collect({ kube, node }, flow): Promise<Evidence> {
    const base = await askedOf(kube, flow);
    if (base.port === 0) return { ...base, seen: [], unseen: [] };
    const looked = await eachNode(await nodesOfFlow(kube, flow), async (place) => {
      const address = internalAddress(await kube.get('nodes', { name: place.node })) ?? '';
      if (!isIPv4(address)) throw new CannotLook('lost', 'The node has no IPv4 address to ask.');
      const said = await node(place.node).run(localHealth, { address, port: base.port });
      return said ? { said } : {};
    });
    return { ...base, ...looked };
  },

  interpret(evidence) {
    const { owner, port, seen, unseen } = evidence;
    const wrong = seen.map((one) => ({ node: one.node, what: wrongAt(one, evidence) }));
    const first = wrong.find(({ what }) => what !== undefined && what !== 'silent') ?? wrong.find(({ what }) => what);
    const facts = {
      owner,
      'health-port': port,
      node: first?.node ?? '',
      wrong: wrong.flatMap(({ node, what }) => (what === undefined ? [] : [node])),
      right: wrong.flatMap(({ node, what }) => (what === undefined ? [node] : [])),
      unseen: unseen.map(({ node }) => node),
    };
    return { outcome: port === 0 ? 'not-local' : (first?.what ?? 'agree'), facts };
  },
});
