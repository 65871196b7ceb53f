import type { FlowPod } from '../../../domain/flow-pods.js';
import { ifReadable } from '../../../domain/if-readable.js';
import type { RunPort } from '../../../domain/ports.js';
import { podNetworkNamespace } from '../../links/pod-network-namespace.js';
import { type CapturingNode, captureOn } from './capture-on.js';
import type { Listening, Wanted } from './listen.js';
import type { TracedPod } from './traced-node.js';

type Node = CapturingNode & RunPort<typeof podNetworkNamespace>;

/** A Pod whose network can be entered from its node. */
export interface Enterable extends FlowPod {
  readonly pid: number;
}

const enterable = async (node: Node, place: FlowPod): Promise<Enterable[]> => {
  // A Pod without a network of its own is seen by whoever listens on its node.
  if (place.host || place.container === undefined) return [];
  const found = await ifReadable(node.run(podNetworkNamespace, { container: place.container }));
  return found?.pid === undefined ? [] : [{ ...place, pid: found.pid }];
};

/** Found before anybody listens: a runtime that does not answer takes as long as a capture. */
export const podsToEnter = async (nodeOf: (name: string) => Node, pods: readonly FlowPod[]): Promise<Enterable[]> =>
  (await Promise.all(pods.map((place) => enterable(nodeOf(place.node), place)))).flat();

type Filter = Pick<Wanted, 'addresses' | 'ports'>;

/** `undefined` where it cannot listen: the point of this Pod is then missing, and nothing is concluded from it. */
const listenInside = async (
  node: Node,
  { node: name, role, pod, address, pid }: Enterable,
  { addresses, ports }: Filter,
): Promise<Listening<TracedPod> | undefined> => {
  const wanted = { addresses: addresses.slice(0, 8), ports: ports.slice(0, 8), tunnels: [] };
  const capturing = await ifReadable(captureOn(node, { ...wanted, pid, name: `${name}, in pod ${pod},` }));
  if (!capturing) return undefined;
  let watched = false;
  return {
    async stillThere() {
      watched = await capturing.stillThere();
      return watched;
    },
    async finish() {
      const { packets, pcap, lost, left } = await capturing.finish();
      const place = { node: name, role, pod, address } as const;
      return { ...place, packets, lost, watched, left, ...(pcap ? { pcap } : {}) };
    },
  };
};

/** Starts a capture in the network of each of these Pods, from its node. */
export const listenInPods = async (nodeOf: (name: string) => Node, pods: readonly Enterable[], wanted: Filter) => {
  const opened = await Promise.all(pods.map((place) => listenInside(nodeOf(place.node), place, wanted)));
  const listening = opened.flatMap((one) => one ?? []);
  return {
    stillThere: () => Promise.all(listening.map((one) => one.stillThere())),
    finish: async (): Promise<TracedPod[]> => {
      const heard = await Promise.all(listening.map((one) => ifReadable(one.finish())));
      return heard.flatMap((one) => one ?? []);
    },
  };
};
