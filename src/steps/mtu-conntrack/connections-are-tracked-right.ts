import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { ifReadable } from '../../domain/if-readable.js';
import { internalAddress } from '../../domain/node-address.js';
import { podIps } from '../../domain/pod-state.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { portToTry } from '../../domain/service-port.js';
import { defineStep } from '../../domain/step.js';
import { type Tracked, trackedSchema } from '../../parse/kernel/conntrack-flows.js';
import { conntrackFlows } from '../../queries/kernel/conntrack-flows.js';
import { sourceOf } from '../../queries/probes/source-of.js';
import { tcpConnect, threeTries } from '../../queries/tcp-connect.js';

const evidenceSchema = z.strictObject({
  node: z.string(),
  address: z.string(),
  port: z.int(),
  failed: z.int(),
  entries: z.array(trackedSchema),
  /** Everybody a slice of the Service names, ready or not. */
  endpoints: z.array(z.string()),
});
type Evidence = z.infer<typeof evidenceSchema>;

// A packet sets a UDP entry that nobody answered back to 30 seconds (nf_conntrack_udp_timeout): more than 25 left means
// that the client sent within the last five, long after kube-proxy could have deleted it.
const justUsed = 25;

const wordOf = (entry: Tracked, { address, endpoints }: Evidence) => {
  if (entry.zone !== 0) return 'other-zone';
  if (!entry.unreplied) return 'answered';
  if (entry.answerFrom === address) return 'untranslated';
  if (endpoints.includes(entry.answerFrom)) return 'unanswered';
  if (entry.protocol === 'tcp') return 'wrong-target';
  return entry.left > justUsed ? 'stale-target' : 'answered';
};
const worstFirst = ['stale-target', 'other-zone', 'wrong-target', 'untranslated', 'unanswered'] as const;

export default defineStep({
  stage: 'mtu-conntrack',
  level: 'node',
  cost: 2,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: [conntrackFlows, tcpConnect],
  from: ['pod'],
  to: ['service'],
  evidence: evidenceSchema,
  outcomes: {
    right: 'pass',
    'stale-target': 'fail',
    'wrong-target': 'fail',
    'other-zone': 'fail',
    untranslated: 'warn',
    unanswered: 'unsure',
    'no-entries': 'unsure',
    'no-address': 'unsure',
  },

  async collect({ kube, pod, node }, flow) {
    const { from, to } = flow;
    const [client, { service, endpoints }] = await Promise.all([
      kube.get('pods', { namespace: from.namespace, name: from.name }),
      serviceAndEndpoints(kube, to),
    ]);
    const place = client?.spec?.nodeName ?? '';
    const [own] = client ? podIps(client) : [];
    const onHost = client?.spec?.hostNetwork
      ? internalAddress(await ifReadable(kube.get('nodes', { name: place })))
      : own;
    const address = service?.spec?.clusterIP ?? '';
    const port = portToTry(service, flow)?.port ?? 0;
    const known = [...new Set(endpoints.map((endpoint) => endpoint.address))];
    const base = { node: place, address, port, endpoints: known };
    if (!place || !onHost || !port || address === '' || address === 'None') return { ...base, failed: 0, entries: [] };
    const tried =
      flow.protocol === 'TCP'
        ? await ifReadable(sourceOf({ pod, node }, from).run(tcpConnect, threeTries(address, port)))
        : undefined;
    if (flow.protocol === 'SCTP') throw new CannotLook('tool-missing', 'Only TCP and UDP can be looked up.');
    const protocol = flow.protocol === 'UDP' ? 'udp' : 'tcp';
    const tracked = await node(place).run(conntrackFlows, { protocol, source: onHost, destination: address });
    const entries = tracked.filter((entry) => entry.destinationPort === port);
    // Hundreds of them say no more than some of each kind.
    const unreplied = entries.filter((entry) => entry.unreplied || entry.zone !== 0);
    return { ...base, failed: tried?.failed ?? 0, entries: [...unreplied, ...entries].slice(0, 60) };
  },

  interpret(evidence) {
    const { node, address, port, endpoints, entries, failed } = evidence;
    const judged = entries.map((entry) => ({ entry, word: wordOf(entry, evidence) }));
    const word = worstFirst.find((wanted) => judged.some((one) => one.word === wanted));
    const entry = judged.find((one) => one.word === word)?.entry;
    const facts = {
      ...{ node, address: `${address}:${port}`, target: entry?.answerFrom ?? '', client: entry?.source ?? '' },
      ...{ 'source-port': entry?.sourcePort ?? 0, zone: entry?.zone ?? 0, left: entry?.left ?? 0, failed },
      ...{ endpoints, entries: entries.length, wrong: judged.filter((one) => one.word === word).length },
    };
    if (address === '' || address === 'None' || port === 0) return { outcome: 'no-address', facts };
    if (word) return { outcome: word, facts };
    return { outcome: entries.length > 0 ? 'right' : 'no-entries', facts };
  },
});
