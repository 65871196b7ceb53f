const ofAll = (family: string, count: number, why: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${family}-${String(at + 1).padStart(2, '0')}`, why]));

/** Causes that no fault here can show, and why. What the lab learns to show is taken out again. */
export const OUT_OF_REACH: Readonly<Record<string, string>> = {
  ...ofAll(
    'AWS',
    4,
    'it takes the network plugin of AWS, its network cards and its API; the machine of the lab is in no such cloud',
  ),
  ...ofAll(
    'CAL',
    11,
    'the Pods of the lab are connected by flannel, and Calico is none of the programs that it builds',
  ),
  ...ofAll('CIL', 9, 'the Pods of the lab are connected by flannel, and Cilium is none of the programs that it builds'),
  'CNI-17':
    'the kernel refuses flannel a route by a node that is on no link of its own, so that none is there, and the program names what is seen of it: CNI-14',
  'CNI-19':
    'a hidden switch that drops tunnel packets and a firewall that does so look the same from both nodes, and the program names CNI-11 for both',
  'CNI-20':
    'what port security drops in a switch is seen from the nodes as packets that never arrive, and the program can only name it among what is possible, beside others that the lab cannot rule out',
  'CNI-22':
    'a node of the lab is a few namespaces without an init, so neither NetworkManager nor systemd-networkd manages its devices',
  'CT-03':
    'since 5.7 the kernel keeps the entries of both questions that leave together (nf_ct_resolve_clash), where it dropped the second, and no kernel of the lab is as old',
  'CT-06':
    'the table of connections has one set of buckets for the whole machine, of which namespaces have no share of their own: made too few, they would fail whatever else runs on it',
  'CT-08': 'the kernel lost tcp_tw_recycle with 4.12, and none of the lab is as old',
  'DNS-05': 'only the network cards of AWS count what they drop as more than their allowance',
  'DNS-14':
    'the CoreDNS of the lab (1.12) marks an answer that it cannot read whole as cut, so that it is asked for again over TCP, and logs nothing; older ones log it and fail',
  'DNS-18':
    'it harms for as long as the rules still name the DNS Pod that ended: on three nodes they are written anew within a moment, in which hardly a lookup falls',
  'EGR-04':
    'a gateway of a provider that has no port left and a line that loses packets look alike from inside, and the program names NODE-11 before it for both',
  'IPVS-03':
    'the kernel drops no such packet since 5.9, and the only one here with IPVS, built for `lab/vm.ts`, is newer',
  'IPVS-05':
    'it takes more than five thousand virtual servers and a kernel before 6.2; the one here with IPVS is newer',
  'KP-15':
    'a hundred thousand rules cost a new connection half a millisecond here: none waits or fails for as many as fit into a node',
  'KP-16':
    'while rules wait to be written they are behind, which the program names as KP-02; that they come late but come takes changes by the hundred in the metrics of a kube-proxy',
  'KP-17':
    'until 1.27 kube-proxy listened at every node port and left out one that it could not have; that of the lab listens nowhere, and a connection of the node from such a port harms nobody',
  'NODE-05': 'the cards of its nodes are cables between namespaces (veth), which make no errors of their own',
  'NODE-06':
    'the queues of the processors, their limit and their counters are those of the machine: what overflows them fails all nodes, the API server and whatever else runs on it alike',
  'NODE-07':
    'a queue of a tunnel that is held back drops by chance of the moment; what failed here by it was not steady enough to be proven before and during each time',
  'NODE-10': 'all nodes are namespaces of one kernel, and there is no namespace for the time of day',
  'NODE-17':
    'only the journal of systemd says what the API server answered the kubelet, and none is kept on a node of namespaces',
  'NODE-18':
    'disk, memory and process numbers of its nodes are those of the machine: to use them up for one would be to use them up for all, and for the lab itself',
  'NP-09':
    'what nobody enforces breaks no connection: what it fails to keep out works, which no request that has to fail can show',
  'POD-09': 'no proxy of a mesh is in Debian or a Go module, and what only imitates one proves nothing about it',
  'SVC-10': 'it takes more than a thousand Pods behind one Service, and a program that still reads Endpoints',
};
