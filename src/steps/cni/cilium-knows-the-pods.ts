import { z } from 'zod';
import { fitting } from '../../domain/calico-objects.js';
import { CannotLook } from '../../domain/cannot-look.js';
import { podsOfFlow } from '../../domain/flow-pods.js';
import { firstServed } from '../../domain/not-served.js';
import { agentContainer, pluginNodes } from '../../domain/plugin-nodes.js';
import { defineStep } from '../../domain/step.js';
import { ciliumAddressSchema } from '../../parse/plugins/cilium-address.js';
import { ciliumAddress } from '../../queries/plugins/cilium-address.js';

const kind = 'ciliumendpoints.cilium.io';

const knownSchema = z.object({
  /** The Node whose kernel was asked. */
  asked: z.string(),
  pod: z.string(),
  address: z.string(),
  node: z.string(),
  nodeAddresses: z.array(z.string()),
  /** As the CiliumEndpoint says; absent where there is none. */
  identity: z.int().optional(),
  state: z.string(),
  /** As the kernel of the source's Node has it. */
  looked: ciliumAddressSchema,
});
type Known = z.infer<typeof knownSchema>;

const endpointSchema = z.looseObject({
  identity: z.looseObject({ id: z.int() }).optional(),
  state: z.string().default(''),
});

// A Pod that only a range covers is taken for the world outside. Below this number are the reserved ones: host, world, unmanaged … (pkg/identity of Cilium: MinimalAllocationIdentity).
const firstOwn = 256;

const identified = (identity: number | undefined, seen: number) => {
  if (identity === undefined) return 'no-endpoint';
  if (identity >= firstOwn && seen < firstOwn) return 'unknown-address';
  return identity === seen ? 'known' : 'another-identity';
};

const isElsewhere = ({ looked: { tunnel }, nodeAddresses }: Known) =>
  tunnel !== '' && nodeAddresses.length > 0 && !nodeAddresses.includes(tunnel);

const judge = (known: Known) => {
  const { identity, looked } = known;
  if (looked.class === 'absent') return 'unknown-address';
  const word = identified(identity, looked.identity ?? 0);
  return (word === 'known' || word === 'no-endpoint') && isElsewhere(known) ? 'another-node' : word;
};

const order = ['unknown-address', 'another-node', 'another-identity', 'no-endpoint', 'known'] as const;

export default defineStep({
  stage: 'cni',
  level: 'node',
  cost: 1,
  reads: ['services', 'pods', 'nodes', kind],
  runs: [ciliumAddress],
  from: ['pod', 'node'],
  to: ['service', 'pod'],
  evidence: z.object({ here: z.boolean(), pods: z.array(knownSchema) }),
  outcomes: {
    known: 'pass',
    'unknown-address': 'fail',
    'another-node': 'fail',
    'another-identity': 'fail',
    'no-endpoint': 'unsure',
    'no-pods': 'unsure',
    'not-cilium': 'unsure',
  },

  async collect({ kube, pod }, flow) {
    const nodes = await pluginNodes(kube, flow, 'cilium');
    if (!nodes) return { here: false, pods: [] };
    const all = (await podsOfFlow(kube, flow)).filter((one) => !one.host && one.address !== '');
    const source = nodes.find(({ role }) => role === 'source')?.node;
    const ends = all.filter(({ role }) => role === 'destination');
    const start = all.find(({ role }) => role === 'source');
    // Each end judges the other: the source's Node where the packet goes, the destination's where it came from.
    const pairs = [
      ...ends.flatMap((end) => (source ? [{ asked: source, end }] : [])),
      ...(start && ends[0] && ends[0].node !== source ? [{ asked: ends[0].node, end: start }] : []),
    ];
    const ask = async (node: string, address: string) => {
      const looked = await pod(await agentContainer(kube, node, 'cilium')).run(ciliumAddress, { address });
      if (looked.class === 'not-understood') throw new CannotLook('lost', looked.message);
      return looked;
    };
    const look = async ({ asked, end }: (typeof pairs)[number]): Promise<Known> => {
      const [looked, object, home] = await Promise.all([
        ask(asked, end.address),
        firstServed([() => kube.get(kind, { namespace: end.namespace, name: end.pod })]),
        kube.get('nodes', { name: end.node }),
      ]);
      const said = object && fitting(endpointSchema, object.status ?? {}, `CiliumEndpoint ${end.pod}`);
      const nodeAddresses = (home?.status?.addresses ?? []).map(({ address }) => address);
      const state = said?.state ?? '';
      const told = { asked, pod: end.pod, address: end.address, node: end.node, nodeAddresses, state, looked };
      return said?.identity ? { ...told, identity: said.identity.id } : told;
    };
    return { here: true, pods: await Promise.all(pairs.map(look)) };
  },

  interpret({ here, pods }) {
    if (!here) return { outcome: 'not-cilium' };
    const ranked = pods.toSorted((a, b) => order.indexOf(judge(a)) - order.indexOf(judge(b)));
    const [worst] = ranked;
    if (!worst) return { outcome: 'no-pods' };
    const { asked: node, pod, address, identity = 0, looked } = worst;
    const facts = {
      node,
      'end-pod': pod,
      address,
      identity,
      'seen-identity': looked.identity ?? 0,
      tunnel: looked.tunnel,
    };
    return { outcome: judge(worst), facts: { ...facts, home: worst.node } };
  },
});
