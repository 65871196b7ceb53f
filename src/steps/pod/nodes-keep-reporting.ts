import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import type { Facts } from '../../domain/finding.js';
import { nodesOfFlow } from '../../domain/flow-nodes.js';
import { ifReadable } from '../../domain/if-readable.js';
import { inIncident } from '../../domain/in-incident.js';
import { nameOf } from '../../domain/name-of.js';
import { type NodeReport, nodeReport, nodeReportSchema } from '../../domain/node-report.js';
import { isDown } from '../../domain/node-state.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { nodeMeant } from '../../queries/probes/node-meant.js';

// Where every kubelet renews a Lease with the name of its Node, every ten seconds.
const leases = 'kube-node-lease';

const seenSchema = nodeReportSchema.extend({
  /** Seconds since its kubelet last renewed its Lease; absent where that could not be read. */
  silent: z.int().optional(),
  /** Reasons of what happened to the Node in the last minutes. */
  events: z.array(z.string()),
});
type Seen = z.infer<typeof seenSchema>;

type Reader = ObjectReader<'nodes' | 'leases' | 'events'>;

const renewed = async (kube: Reader, name: string) => {
  const lease = await ifReadable(kube.get('leases', { namespace: leases, name }));
  const at = Date.parse(lease?.spec?.renewTime ?? '');
  return Number.isNaN(at) ? undefined : at;
};

const eventsOf = async (kube: Reader, name: string, now: number) => {
  const fields = { 'involvedObject.kind': 'Node', 'involvedObject.name': name };
  const events = (await ifReadable(kube.list('events', { namespace: 'default', fields }))) ?? [];
  return capped([...new Set(inIncident(events, now).map(({ reason }) => reason ?? ''))]);
};

/** Only a Node in trouble is asked about any further, so that a sound one costs nothing more. */
const seenOf = async (kube: Reader, name: string, now: number): Promise<Seen> => {
  const node = await nodeMeant(kube, name);
  const report = nodeReport(node ? nameOf(node) : name, node, now);
  if (!isDown(report)) return { ...report, events: [] };
  const [last, events] = await Promise.all([renewed(kube, report.name), eventsOf(kube, report.name, now)]);
  return { ...report, events, ...(last === undefined ? {} : { silent: Math.round((now - last) / 1000) }) };
};

// Words of pkg/kubelet/nodestatus/setters.go and of the runtime managers in Kubernetes; the first that fits counts.
const reasons = [
  ['gone', ({ ready }) => ready === 'absent'],
  // The controller of nodes says so of a kubelet that it has not heard for forty seconds.
  ['silent', ({ ready }) => ready === 'Unknown'],
  ['ready-under-pressure', (seen) => !isDown(seen) && seen.pressures.length > 0],
  ['ready', (seen) => !isDown(seen)],
  [
    'runtime-down',
    ({ message }) =>
      /container runtime is down|PLEG is not healthy|RuntimeReady=false|runtime status check|code = Unavailable/i.test(
        message,
      ),
  ],
  ['network-not-ready', ({ message }) => /NetworkPluginNotReady|NetworkReady=false/.test(message)],
  ['shutting-down', ({ message }) => /node is shutting down/i.test(message)],
  ['under-pressure', ({ pressures }) => pressures.length > 0],
  ['not-ready-otherwise', () => true],
] as const satisfies readonly (readonly [string, (seen: NodeReport) => boolean])[];
type Reason = (typeof reasons)[number][0];

const reasonOf = (seen: NodeReport): Reason => reasons.find(([, fits]) => fits(seen))?.[0] ?? 'not-ready-otherwise';
const calm: readonly Reason[] = ['ready', 'ready-under-pressure'];
/** Nodes in trouble first, and those that only lack room before those that lack nothing. */
const weight = (seen: NodeReport) => (isDown(seen) ? 2 : seen.pressures.length > 0 ? 1 : 0);

export default defineStep({
  stage: 'pod',
  level: 'observe',
  cost: 0,
  reads: ['pods', 'services', 'nodes', 'leases', 'events'],
  runs: [],
  from: anyEnd,
  to: ['service', 'pod', 'node'],
  evidence: z.object({ nodes: z.array(seenSchema) }),
  outcomes: {
    ready: 'pass',
    'ready-under-pressure': 'warn',
    silent: 'fail',
    'network-not-ready': 'fail',
    'runtime-down': 'fail',
    'under-pressure': 'fail',
    'shutting-down': 'fail',
    gone: 'fail',
    'not-ready-otherwise': 'fail',
    'none-placed': 'unsure',
  },

  async collect({ kube, clock }, flow) {
    const ends = (await nodesOfFlow(kube, flow)).filter(({ role }) => role !== 'peer');
    return { nodes: await Promise.all(ends.map(({ node }) => seenOf(kube, node, clock.now()))) };
  },

  interpret({ nodes }) {
    const [worst] = nodes.toSorted((a, b) => weight(b) - weight(a));
    if (!worst) return { outcome: 'none-placed' };
    const { name, reason, message, pressures, since, silent = since, events } = worst;
    const outcome = reasonOf(worst);
    const facts: Facts = { node: name, nodes: nodes.map((one) => one.name), pressures };
    if (calm.includes(outcome)) return { outcome, facts };
    const told = events.length > 0 ? events : ['-'];
    return { outcome, facts: { ...facts, reason, message, seconds: silent, events: told } };
  },
});
