import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { defineStep } from '../../domain/step.js';
import { targetsOf } from '../../domain/targets.js';
import { connectOutcome } from '../../parse/connect.js';
import { aroundProbe, aroundQueries, aroundSchema } from '../../queries/probes/around-probe.js';
import { dialled, startOf } from '../../queries/probes/first-packet.js';

const evidenceSchema = z.object({
  service: z.strictObject({ address: z.string(), port: z.int() }).optional(),
  listed: z.int(),
  around: aroundSchema.optional(),
});
type Evidence = z.infer<typeof evidenceSchema>;
type Outcome = 'passes' | 'not-counted' | 'rejected' | 'dropped' | 'none-listed' | 'not-tried';

const own = ({ around }: Evidence) =>
  (around?.seen ?? [])
    .flatMap(({ filters }) => filters)
    .find(({ whose, rise = 0 }) => whose === 'kube-proxy' && rise >= (around?.connect.failed ?? 0));

const judge = (evidence: Evidence): Outcome => {
  const { around, listed } = evidence;
  if (!around) return 'not-tried';
  if (around.connect.failed === 0) return 'passes';
  const rule = own(evidence);
  if (!rule) return 'not-counted';
  if (listed === 0) return 'none-listed';
  return rule.does === 'reject' ? 'rejected' : 'dropped';
};

export default defineStep({
  stage: 'kube-proxy',
  level: 'node',
  cost: 2,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: [...aroundQueries],
  from: ['pod'],
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    passes: 'pass',
    'none-listed': 'pass',
    // Verdict maps of nftables mode count nothing: silence of all counters clears nobody.
    'not-counted': 'unsure',
    rejected: 'fail',
    dropped: 'fail',
    'not-tried': 'unsure',
  },

  async collect({ kube, pod, node }, flow): Promise<Evidence> {
    const [{ service, slices }, start] = await Promise.all([
      serviceAndEndpoints(kube, flow.to),
      startOf(kube, flow.from),
    ]);
    const to = dialled(service, flow);
    const targets = targetsOf(service, slices, flow);
    if (!to || !start || flow.protocol !== 'TCP') return { listed: targets.length };
    const beyond = targets.slice(0, 3).map(({ address, port }) => ({ address, port }));
    const { namespace, name } = flow.from;
    const here = [{ node: start.node, role: 'source' as const }];
    const around = await aroundProbe({ pod: pod({ namespace, name }), node }, here, { start, to, beyond });
    if (around.seen.length === 0) throw new CannotLook('lost', around.unseen[0]?.why ?? '');
    // An endpoint that left meanwhile was refused by rules that are as new as they can be.
    const still = targetsOf(service, (await serviceAndEndpoints(kube, flow.to)).slices, flow);
    const listed = Math.min(targets.length, still.length);
    return { service: { address: to.address, port: to.port }, listed, around };
  },

  interpret(evidence) {
    const { service, around, listed } = evidence;
    if (!service || !around) return { outcome: 'not-tried' };
    const rule = own(evidence);
    const facts = {
      address: service.address,
      'service-port': service.port,
      node: around.seen[0]?.node ?? '',
      rule: rule?.rule ?? '',
      counted: rule?.rise ?? 0,
      listed,
      failed: around.connect.failed,
      of: around.connect.of,
      how: connectOutcome(around.connect),
    };
    return { outcome: judge(evidence), facts };
  },
});
