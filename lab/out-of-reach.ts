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
  'CNI-19':
    'a hidden switch that drops tunnel packets and a firewall that does so look the same from both nodes, and the program names CNI-11 for both',
  'CNI-22':
    'a node of the lab is a few namespaces without an init, so neither NetworkManager nor systemd-networkd manages its devices',
  'CT-08': 'the kernel lost tcp_tw_recycle with 4.12, and none of the lab is as old',
  'DNS-05': 'only the network cards of AWS count what they drop as more than their allowance',
  'DNS-09': 'the images of the lab are made of the programs of Debian, and none of them has musl as its library',
  'DNS-14':
    'the CoreDNS of the lab (1.12) marks an answer that it cannot read whole as cut, so that it is asked for again over TCP, and logs nothing; older ones log it and fail',
  'ING-15':
    'no controller of the Gateway API is among the programs that the lab can build, and without one no route ever worked',
  'IPVS-03': 'the kernel drops no such packet since 5.9; the only one here with IPVS, the user-mode kernel, is a 6.1',
  'KP-17':
    'until 1.27 kube-proxy listened at every node port and left out one that it could not have; that of the lab listens nowhere, and a connection of the node from such a port harms nobody',
  'NODE-05': 'the cards of its nodes are cables between namespaces (veth), which make no errors of their own',
  'NODE-10': 'all nodes are namespaces of one kernel, and there is no namespace for the time of day',
  'NODE-17':
    'only the journal of systemd says what the API server answered the kubelet, and none is kept on a node of namespaces',
  'POD-09': 'no proxy of a mesh is in Debian or a Go module, and what only imitates one proves nothing about it',
  'SVC-10': 'it takes more than a thousand Pods behind one Service, and a program that still reads Endpoints',
};
