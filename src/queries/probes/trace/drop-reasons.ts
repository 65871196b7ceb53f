import type { Facts } from '../../../domain/finding.js';
import type { TracedNode } from './traced-node.js';

// What a kernel does all day: buffers of sockets that close, and what TCP has received before or too late. A reason
// that is not specified says nothing.
const ordinary = new Set([
  ...['NOT_SPECIFIED', 'QUEUE_PURGE', 'SKB_CONSUMED', 'SOCKET_CLOSE'],
  ...['TCP_ABORT_ON_DATA', 'TCP_OFOMERGE', 'TCP_OLD_ACK', 'TCP_OLD_DATA', 'TCP_OLD_SEQUENCE'],
]);
const most = 5;

/** The reasons of the kernels for drops while the flow was tried. The kernel names no addresses, so they accuse nobody. */
export const dropReasons = (nodes: readonly TracedNode[]): Facts => {
  const drops = nodes.flatMap(({ node, drops: all = [] }) =>
    all
      .filter(({ reason }) => !ordinary.has(reason))
      .slice(0, most)
      .map((drop) => ({ node, ...drop })),
  );
  return drops.length > 0 ? { drops } : {};
};
