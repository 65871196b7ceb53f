import { z } from 'zod';
import type { Towards } from '../../domain/door.js';
import type { KubeObject } from '../../domain/kinds.js';
import { internalAddress } from '../../domain/node-address.js';
import { defineStep } from '../../domain/step.js';
import type { Target } from '../../domain/targets.js';
import type { JudgedFlow } from '../../policy/cluster/documents.js';
import { judging } from '../../policy/cluster/judgement.js';
import { type PolicyView, policyView, policyViewSchema } from '../../policy/cluster/view.js';
import { doorFlow } from '../../queries/probes/door-flow.js';

const triedSchema = z.strictObject({
  node: z.string(),
  /** What the policies of the Pod say of the client, and of each address that may stand for it. */
  client: policyViewSchema,
  instead: z.array(policyViewSchema),
});
type Tried = z.infer<typeof triedSchema>;

const evidenceSchema = z.object({
  node: z.string(),
  owner: z.string(),
  /** With the policy Local nobody stands between the client and the Pod. */
  local: z.boolean(),
  /** Endpoints on other nodes, for which another address is put. */
  tried: z.array(triedSchema),
});
type Evidence = z.infer<typeof evidenceSchema>;

const wordOf = (view: PolicyView) => judging.interpret(view).outcome;
const isDenied = (view: PolicyView) => judging.outcomes[wordOf(view)] === 'fail';

// Which of its addresses the node takes depends on the device by which it sends: one that is let in is enough.
const isShut = ({ instead }: Tried) => instead.length > 0 && instead.every(isDenied);
const isOpen = (tried: Tried) => [tried.client, ...tried.instead].some((view) => wordOf(view) === 'cannot-be-known');

const judge = ({ owner, local, tried }: Evidence) => {
  if (owner === '') return 'not-a-node-port';
  if (local) return 'kept';
  if (tried.length === 0) return 'on-own-node';
  const shut = tried.find(isShut);
  if (shut) return isDenied(shut.client) ? 'denied' : 'denied-as-node';
  return tried.some(isOpen) ? 'cannot-be-known' : 'allowed';
};

// TEST-NET-1: an address that nobody has stands for all that come from outside.
const anybody = '192.0.2.1';

const clientOf = ({ from }: Towards): JudgedFlow['from'] =>
  from.kind === 'outside' ? { kind: 'ip', address: from.address ?? anybody } : from;

/** By which a node may send: its own, and that of the tunnel device of flannel, which is the first one of its range. */
const addressesOf = (node: KubeObject<'nodes'> | undefined): JudgedFlow['from'][] =>
  [internalAddress(node) ?? '', node?.spec?.podCIDR?.split('/')[0] ?? '']
    .filter((address) => address !== '')
    .map((address) => ({ kind: 'ip', address }));

const most = 3;

export default defineStep({
  ...judging,
  from: ['pod', 'node', 'outside'],
  to: ['node', 'ip'],
  evidence: evidenceSchema,
  outcomes: {
    allowed: 'pass',
    kept: 'pass',
    'on-own-node': 'pass',
    'denied-as-node': 'fail',
    denied: 'fail',
    'cannot-be-known': 'unsure',
    'not-a-node-port': 'unsure',
  },

  async collect({ kube, clock }, flow): Promise<Evidence> {
    const found = await doorFlow(kube, flow);
    if (!found || found.door.node === '') return { node: '', owner: '', local: false, tried: [] };
    const { door, at, service, expected } = found;
    const sources = [clientOf(flow), ...addressesOf(await kube.get('nodes', { name: door.node }))];
    const look = async ({ pod, node, port }: Target): Promise<Tried[]> => {
      const to = { kind: 'pod' as const, namespace: at.namespace, name: pod };
      const views = await Promise.all(
        sources.map((from) =>
          policyView(kube, { from, to, port, protocol: door.protocol }, { direction: 'ingress', now: clock.now() }),
        ),
      );
      const [client, ...instead] = views;
      return client ? [{ node, client, instead }] : [];
    };
    const far = expected.filter(({ pod, node }) => pod !== '' && node !== door.node).slice(0, most);
    return {
      node: door.node,
      owner: `${at.namespace}/${at.name}`,
      local: service?.spec?.externalTrafficPolicy === 'Local',
      tried: (await Promise.all(far.map(look))).flat(),
    };
  },

  interpret(evidence) {
    const { node, owner, tried } = evidence;
    const side = (tried.find(isShut) ?? tried[0])?.instead[0]?.side;
    const policies = (side?.by ?? []).map(({ policy, rule }) => (rule ? `${policy} ${rule}` : policy));
    const far = [...new Set(tried.map((one) => one.node))];
    return { outcome: judge(evidence), facts: { node, owner, far, policies } };
  },
});
