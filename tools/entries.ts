interface Entry {
  readonly title: string;
  /** What is looked at, in the order of the tree; row n of entry S03 is called `S03.n` by the nodes of the runbooks. */
  readonly rows: readonly string[];
}

/** Where a person comes in: from whom to whom traffic fails, or how it fails. */
export const entries: Readonly<Record<string, Entry>> = {
  S01: {
    title: 'Pod to Pod on one node',
    rows: [
      'both Pods run, are ready and have an address',
      'the Pod and its port answer a connect',
      'other Pods and nodes reach the same destination',
      'policies of both ends allow the flow',
      'devices, bridge and neighbours of both Pods',
      'bridged frames and the FORWARD chain of the node',
      'the last point at which a packet is seen',
    ],
  },
  S02: {
    title: 'Pod to Pod across nodes',
    rows: [
      'the Pods, and a control on the own node',
      'node reaches node, by ping and by TCP',
      'the node of the destination reaches its Pod',
      'policies of both ends allow the flow',
      'ping passes and TCP does not, or the other way round',
      'routes of both nodes',
      'tunnel devices, neighbours and leases of both nodes',
      'forwarding, reverse path filter and packet rules of both nodes',
      'where an encapsulated packet is last seen',
      'the largest packet that passes',
    ],
  },
  S03: {
    title: 'Pod to Service',
    rows: [
      'the Service, its ports, and its endpoints',
      'each endpoint, straight from the source',
      'the Service address, several times',
      'policies, for the address after translation',
      'the Service address from the node, and from others',
      'kube-proxy on the node of the client, and its rules',
      'an endpoint on the own node, and the way its answer takes',
      'tracked connections: stale, invalid, lost',
      'forwarding, masquerading and the range of the cluster',
    ],
  },
  S04: {
    title: 'Node port',
    rows: [
      'the Service from a Pod',
      'the traffic policy, and which nodes have endpoints',
      'the port by every address, from inside and outside',
      'the rules of the node that fails',
      'whether the first packet reaches the node, and what the node does with it',
      'answers at first, then hangs',
      'who else has the port',
    ],
  },
  S05: {
    title: 'Load balancer',
    rows: [
      'it has an address',
      'the node port behind it, on each node',
      'who may come',
      'health checks against the endpoints of each node',
      'which node announces the address',
      'a client inside the cluster',
      'connections that idle',
      'the way back on nodes with several uplinks',
    ],
  },
  S06: {
    title: 'Ingress',
    rows: ['404', '503', '502', '504', '400', 'TLS', 'no HTTP at all', 'the Ingress cannot be created'],
  },
  S07: {
    title: 'Names',
    rows: [
      'one client or all, one node or all',
      'the resolver of the Pod',
      'each server by UDP and TCP, for names inside and outside',
      'the Pods of the name server, and their logs',
      'the servers it asks itself',
      'the answer against the object it stands for',
      'slow answers',
      'trouble while Pods come and go',
      'large answers',
    ],
  },
  S08: {
    title: 'Pod to the outside',
    rows: [
      'by address and by name',
      'the same from its node, and from another',
      'policies and proxies',
      'ranges that overlap, and the route of the node',
      'what leaves by the uplink, and from which address',
      'small against large',
      'trouble under load',
      'link-local addresses',
    ],
  },
  S09: { title: 'Outside to the cluster', rows: ['the side of the client, then S05, S04 and S03'] },
  S10: {
    title: 'Comes and goes',
    rows: [
      'parallel series over paths of growing length',
      'from node to node',
      'only Pods of one node',
      'only the Service address',
      'only the name',
      'a quick connect, and a slow answer',
      'who resets',
      'what changed meanwhile',
      'what was measured before',
      'a recorder that waits for it',
    ],
  },
  S11: { title: 'New connections fail under load', rows: ['queues, tables and ports of the scope that fails'] },
  S12: { title: 'Large payloads hang', rows: ['sizes of all hops, and the size from which it hangs'] },
  S13: { title: 'A Pod gets no network', rows: ['the events of the sandbox, then what made them'] },
  S14: {
    title: 'Control plane to Pods and nodes',
    rows: ['exec and logs', 'webhooks and aggregated APIs', 'Pods to the API server'],
  },
};

/** The words by which nodes of runbooks name rows. */
export const entryRows: readonly string[] = Object.entries(entries).flatMap(([id, { rows }]) =>
  rows.map((_, at) => `${id}.${at + 1}`),
);
