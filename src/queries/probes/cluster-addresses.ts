import { flannelLeaseOf } from '../../domain/flannel-lease.js';
import type { FlowNode } from '../../domain/flow-nodes.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { ObjectReader } from '../../domain/object-reader.js';

/** The ranges of Pods and the addresses of these Nodes, as far as their objects can be read. */
export const clusterAddresses = async (kube: ObjectReader<'nodes'>, places: readonly FlowNode[]) => {
  const objects = await Promise.all(places.map(({ node }) => ifReadable(kube.get('nodes', { name: node }))));
  const leases = objects.flatMap((object) => (object ? [flannelLeaseOf(object)] : []));
  return {
    podRanges: leases.flatMap(({ ranges }) => ranges),
    nodeAddresses: leases.flatMap(({ addresses }) => addresses),
  };
};
