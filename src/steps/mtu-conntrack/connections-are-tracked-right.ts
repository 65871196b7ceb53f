import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import type { EndOf } from '../../domain/flow.js';
import { ifReadable } from '../../domain/if-readable.js';
import { internalAddress } from '../../domain/node-address.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { podIps } from '../../domain/pod-state.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { portToTry } from '../../domain/service-port.js';
import { defineStep } from '../../domain/step.js';
import { unique } from '../../parse/addresses.js';
import { type Tracked, trackedSchema } from '../../parse/kernel/conntrack-flows.js';
import { conntrackFlows } from '../../queries/kernel/conntrack-flows.js';
import type { Bound } from '../../queries/probes/flow-address.js';
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

type Reader = ObjectReader<'services' | 'endpointslices' | 'pods' | 'nodes'>;

const onNode = async (kube: Reader, node: string) => {
  const address = internalAddress(await kube.get('nodes', { name: node }));
  return address ? { node, address } : undefined;
};

/** The address that the packets of the client carry, and the Node that tracks them. */
const clientOf = async (kube: Reader, from: EndOf<'pod'> | EndOf<'node'>) => {
  if (from.kind === 'node') return await onNode(kube, from.name);
  const client = await kube.get('pods', { namespace: from.namespace, name: from.name });
  const node = client?.spec?.nodeName;
  if (!client || !node) return undefined;
  const host = client.spec?.hostNetwork ? await ifReadable(onNode(kube, node)) : undefined;
  const [address] = podIps(client);
  return host ?? (address ? { node, address } : undefined);
};

const targetOf = async (kube: Reader, flow: Bound<'service'>) => {
  const { service, endpoints } = await serviceAndEndpoints(kube, flow.to);
  const held = service?.spec?.clusterIP ?? '';
  return {
    address: held === 'None' ? '' : held,
    port: portToTry(service, flow)?.port ?? 0,
    endpoints: unique(endpoints.map((endpoint) => endpoint.address)),
  };
};

/** Those nobody answered first: hundreds of others say no more than some. */
const telling = (entries: readonly Tracked[], port: number) => {
  const ours = entries.filter((entry) => entry.destinationPort === port);
  return ours.toSorted((a, b) => Number(b.unreplied) - Number(a.unreplied)).slice(0, 60);
};

export default defineStep({
  stage: 'mtu-conntrack',
  hop: 'rules',
  level: 'node',
  cost: 2,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: [conntrackFlows, tcpConnect],
  from: ['pod', 'node'],
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
    if (flow.protocol === 'SCTP') throw new CannotLook('tool-missing', 'Only TCP and UDP can be looked up.');
    const [source, target] = await Promise.all([clientOf(kube, flow.from), targetOf(kube, flow)]);
    const base = { node: source?.node ?? '', failed: 0, entries: [], ...target };
    if (!source || !target.port || !target.address) return base;
    const { address, port } = target;
    const run = sourceOf({ pod, node }, flow.from);
    const tried = flow.protocol === 'TCP' && (await ifReadable(run.run(tcpConnect, threeTries(address, port))));
    const asked = {
      protocol: flow.protocol === 'UDP' ? 'udp' : 'tcp',
      source: source.address,
      destination: address,
    } as const;
    const tracked = await node(source.node).run(conntrackFlows, asked);
    return { ...base, failed: tried ? tried.failed : 0, entries: telling(tracked, port) };
  },

  interpret(evidence) {
    const { node, address, port, endpoints, entries, failed } = evidence;
    const facts = { node, address: `${address}:${port}`, endpoints, failed, entries: entries.length };
    if (!address || !port) return { outcome: 'no-address', facts };
    const judged = entries.map((entry) => ({ entry, word: wordOf(entry, evidence) }));
    const word = worstFirst.find((wanted) => judged.some((one) => one.word === wanted));
    const found = judged.filter((one) => one.word === word);
    const [worst] = found;
    if (!word || !worst) return { outcome: entries.length > 0 ? 'right' : 'no-entries', facts };
    const { answerFrom: target, source: client, sourcePort, zone, left } = worst.entry;
    const told = { target, client, 'source-port': sourcePort, zone, left, wrong: found.length };
    return { outcome: word, facts: { ...facts, ...told } };
  },
});
