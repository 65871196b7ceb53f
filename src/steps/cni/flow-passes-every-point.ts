import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { type FlowNode, nodesOfFlow } from '../../domain/flow-nodes.js';
import { podsOfFlow } from '../../domain/flow-pods.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { defineStep } from '../../domain/step.js';
import { targetSchema, toTry } from '../../domain/targets.js';
import { connectFactsSchema } from '../../parse/connect.js';
import { packetCapture } from '../../queries/captures/packet-capture.js';
import { packetDrops } from '../../queries/captures/packet-drops.js';
import { packetSockets } from '../../queries/captures/packet-sockets.js';
import { ipLinks } from '../../queries/links/ip-links.js';
import { podNetworkNamespace } from '../../queries/links/pod-network-namespace.js';
import { routeTo } from '../../queries/links/route-to.js';
import { eachNode, unseenSchema } from '../../queries/probes/each-node.js';
import { withoutOthers } from '../../queries/probes/trace/connections.js';
import { type Ends, endsOf } from '../../queries/probes/trace/ends.js';
import { judgeTrace, traceOutcomes } from '../../queries/probes/trace/judge.js';
import { type Listening, listenOn } from '../../queries/probes/trace/listen.js';
import { listenInPods, podsToEnter } from '../../queries/probes/trace/listen-inside.js';
import { type TracedNode, tracedNodeSchema, tracedPodSchema } from '../../queries/probes/trace/traced-node.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

const trace = z.strictObject({
  asked: z.strictObject({ address: z.string(), port: z.int() }),
  sources: z.array(z.string()),
  endpoints: z.array(targetSchema),
  probe: connectFactsSchema,
  seen: z.array(tracedNodeSchema),
  inside: z.array(tracedPodSchema).default([]),
  unseen: z.array(unseenSchema),
});

const addressOf = async (kube: ObjectReader<'nodes'>, name: string) => {
  const node = await ifReadable(kube.get('nodes', { name }));
  return node?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address;
};

interface Around {
  readonly ends: Ends;
  readonly nodes: readonly FlowNode[];
  readonly source: string;
}

/** The Pod and the node at the other end, as this node sees it. Where both are here, any other node shows the uplink. */
const farOf = async (kube: ObjectReader<'nodes'>, { node }: FlowNode, { ends, nodes, source }: Around) => {
  const target = ends.endpoints.find((endpoint) => endpoint.node !== node) ?? ends.endpoints[0];
  const other = node === source ? target?.node : source;
  const farNode = other === node ? nodes.find(({ role }) => role === 'peer')?.node : other;
  return {
    farPod: node === source ? target?.address : ends.sources[0],
    farNode: farNode ? await addressOf(kube, farNode) : undefined,
  };
};

export default defineStep({
  stage: 'cni',
  hop: 'whole',
  level: 'node',
  cost: 3,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: [tcpConnect, packetCapture, packetDrops, packetSockets, ipLinks, podNetworkNamespace, routeTo],
  from: ['pod'],
  to: ['service', 'pod'],
  /** Absent where the flow is not one of TCP: what sends nothing by itself cannot be followed. */
  evidence: z.object({ trace: trace.optional() }),
  outcomes: traceOutcomes,

  async collect({ kube, pod, node }, flow) {
    if (flow.protocol !== 'TCP') return {};
    const [ends, nodes] = await Promise.all([endsOf(kube, flow), nodesOfFlow(kube, flow)]);
    const source = nodes.find(({ role }) => role === 'source')?.node ?? '';
    const ports = [...new Set([ends.asked.port, ...toTry(ends.endpoints).map(({ port }) => port)])];
    // Of the Service, too: a packet that nobody translated may leave with the address of the node as its source.
    const addresses = [
      ...new Set([...ends.sources, ends.asked.address, ...toTry(ends.endpoints).map(({ address }) => address)]),
    ];
    const own = nodes.filter(({ role }) => role !== 'peer');
    const entered = await podsToEnter(node, (await ifReadable(podsOfFlow(kube, flow))) ?? []);
    const [opened, inPods] = await Promise.all([
      eachNode(own, async (place) => {
        const far = await farOf(kube, place, { ends, nodes, source });
        return { listening: await listenOn(node(place.node), place, { addresses, ports, ...far }) };
      }),
      listenInPods(node, entered, { addresses, ports }),
    ]);
    const unheard = opened.unseen.find(({ role }) => role === 'source');
    if (unheard) throw new CannotLook('forbidden', unheard.why);
    // Not the series of other checks: their answers would come from a cache, and nothing would pass.
    const { address: host, port } = ends.asked;
    const probe = await pod({ namespace: flow.from.namespace, name: flow.from.name }).run(tcpConnect, {
      ...{ host, port, tries: 4, waitSeconds: 3 },
    });
    await Promise.all([...opened.seen.map(({ listening }) => listening.stillThere()), inPods.stillThere()]);
    const listeners = new Map(opened.seen.map((one) => [one.node, one.listening]));
    const heard = await eachNode(
      own.filter((place) => listeners.has(place.node)),
      (place) => (listeners.get(place.node) as Listening<TracedNode>).finish(),
    );
    const all = { sources: ends.sources, seen: heard.seen, inside: await inPods.finish() };
    const seen = withoutOthers(all.seen, all);
    const inside = withoutOthers(all.inside, all);
    const near = toTry(ends.endpoints);
    const reached = new Set(seen.flatMap(({ packets }) => packets.flatMap(({ to }) => to?.address ?? [])));
    const endpoints = ends.endpoints.filter((one) => near.includes(one) || reached.has(one.address));
    return { trace: { ...ends, endpoints, probe, seen, inside, unseen: [...opened.unseen, ...heard.unseen] } };
  },

  interpret({ trace: traced }) {
    return traced ? judgeTrace(traced) : { outcome: 'not-tcp' };
  },
});
