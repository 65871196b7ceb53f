import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { defineStep } from '../../domain/step.js';
import { targetSchema, targetsOf } from '../../domain/targets.js';
import { returnPathOf, returnSchema } from '../../parse/rules/return-path.js';
import { kernelSettings } from '../../queries/kernel/kernel-settings.js';
import { bridgeOfPod, bridgeQueries } from '../../queries/probes/bridge-of-pod.js';
import { dialled, startOf } from '../../queries/probes/first-packet.js';
import { readQueries, readRules } from '../../queries/probes/read-rules.js';

const tracking = 'net.ipv4.vs.conntrack';
const seenSchema = z.strictObject({
  node: z.string(),
  source: z.string(),
  fromNode: z.boolean(),
  bridged: z.boolean(),
  bridge: z.string(),
  port: z.string(),
  hairpin: z.boolean().optional(),
  /** `bridge-nf-call-iptables`; `absent` where the module is not loaded, which comes to the same as 0. */
  filtering: z.string(),
  tracking: z.string(),
  ipvs: z.boolean(),
  ...returnSchema.shape,
});
const evidenceSchema = z.object({ here: seenSchema.optional(), expected: z.array(targetSchema) });
type Evidence = z.infer<typeof evidenceSchema>;
type Seen = z.infer<typeof seenSchema>;

const toItself = ({ source }: Seen, expected: Evidence['expected']) =>
  expected.find(({ address }) => address === source);

const ofItself = (here: Seen, expected: Evidence['expected']) => {
  const self = toItself(here, expected);
  if (!self) return undefined;
  if (here.plain.some((word) => word.startsWith(`${self.address}:`) || word.startsWith(`[${self.address}]`)))
    return 'not-masqueraded';
  return here.bridged && here.hairpin === false ? 'hairpin-off' : undefined;
};

const skipsRules = (here: Seen, expected: Evidence['expected']) =>
  here.bridged &&
  here.filtering !== '1' &&
  expected.some(({ node, address }) => node === here.node && address !== here.source);

const hidesSource = ({ fromNode, masqueraded, source }: Seen, expected: Evidence['expected']) =>
  !fromNode && expected.some(({ address }) => address !== source && masqueraded.some((word) => word.includes(address)));

const judge = ({ here, expected }: Evidence) => {
  if (!here || expected.length === 0) return 'nothing-to-check';
  if (here.ipvs && here.fromNode && here.tracking === '0') return 'ipvs-untracked';
  if (skipsRules(here, expected)) return 'bridge-skips-rules';
  return ofItself(here, expected) ?? (hidesSource(here, expected) ? 'hides-source' : 'returns');
};

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 1,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: [...readQueries, ...bridgeQueries, kernelSettings],
  from: ['pod', 'node'],
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    returns: 'pass',
    'hides-source': 'warn',
    'bridge-skips-rules': 'fail',
    'hairpin-off': 'fail',
    'not-masqueraded': 'fail',
    'ipvs-untracked': 'fail',
    'nothing-to-check': 'unsure',
  },

  async collect({ kube, node }, flow): Promise<Evidence> {
    const [{ service, slices }, start] = await Promise.all([
      serviceAndEndpoints(kube, flow.to),
      startOf(kube, flow.from),
    ]);
    const to = dialled(service, flow);
    const expected = targetsOf(service, slices, flow);
    if (!to || !start) return { expected };
    const run = node(start.node);
    const setting = `net.bridge.bridge-nf-call-ip${to.address.includes(':') ? '6' : ''}tables`;
    const [{ rules, packet, family, ipvs }, { values, strange }] = await Promise.all([
      readRules(run, start, to),
      run.run(kernelSettings, { names: [setting, tracking] }),
    ]);
    if (strange[0]) throw new CannotLook('lost', strange[0]);
    const bridge = packet.in ?? '';
    const port = await bridgeOfPod(run, bridge, start.address);
    const here = {
      node: start.node,
      source: start.address,
      fromNode: start.fromNode,
      bridge,
      bridged: port.bridged,
      port: port.port,
      ...(port.hairpin !== undefined && { hairpin: port.hairpin }),
      filtering: values[setting] ?? 'absent',
      tracking: values[tracking] ?? 'absent',
      ipvs,
      ...returnPathOf(rules.tables, packet, family),
    };
    return { here, expected };
  },

  interpret(evidence) {
    const { here, expected } = evidence;
    if (!here) return { outcome: 'nothing-to-check' };
    const near = expected.filter(({ node, address }) => node === here.node && address !== here.source);
    const facts = {
      node: here.node,
      'source-address': here.source,
      bridge: here.bridge,
      'bridge-port': here.port,
      filtering: here.filtering,
      near: near.map(({ address }) => address),
      masqueraded: here.masqueraded,
    };
    return { outcome: judge(evidence), facts };
  },
});
