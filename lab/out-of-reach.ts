/** Causes that no fault here can show, and why. What the lab learns to show is taken out again. */
export const OUT_OF_REACH: Readonly<Record<string, string>> = {
  'CT-08': 'the kernel lost tcp_tw_recycle with 4.12; this machine has 6.18 and the user-mode kernel is a 6.1',
  'AWS-01':
    'it takes the network plugin of AWS, its network cards and its API; the machine of the lab is in no such cloud',
  'AWS-02':
    'it takes the network plugin of AWS, its network cards and its API; the machine of the lab is in no such cloud',
  'AWS-03':
    'it takes the network plugin of AWS, its network cards and its API; the machine of the lab is in no such cloud',
  'AWS-04':
    'it takes the network plugin of AWS, its network cards and its API; the machine of the lab is in no such cloud',
  'CAL-01': 'the Pods of the lab are connected by flannel, and Calico is none of the programs that it builds',
  'CAL-02': 'the Pods of the lab are connected by flannel, and Calico is none of the programs that it builds',
  'CAL-03': 'the Pods of the lab are connected by flannel, and Calico is none of the programs that it builds',
  'CAL-04': 'the Pods of the lab are connected by flannel, and Calico is none of the programs that it builds',
  'CAL-05': 'the Pods of the lab are connected by flannel, and Calico is none of the programs that it builds',
  'CAL-06': 'the Pods of the lab are connected by flannel, and Calico is none of the programs that it builds',
  'CAL-07': 'the Pods of the lab are connected by flannel, and Calico is none of the programs that it builds',
  'CAL-08': 'the Pods of the lab are connected by flannel, and Calico is none of the programs that it builds',
  'CAL-09': 'the Pods of the lab are connected by flannel, and Calico is none of the programs that it builds',
  'CAL-10': 'the Pods of the lab are connected by flannel, and Calico is none of the programs that it builds',
  'CAL-11': 'the Pods of the lab are connected by flannel, and Calico is none of the programs that it builds',
  'CIL-01': 'the Pods of the lab are connected by flannel, and Cilium is none of the programs that it builds',
  'CIL-02': 'the Pods of the lab are connected by flannel, and Cilium is none of the programs that it builds',
  'CIL-03': 'the Pods of the lab are connected by flannel, and Cilium is none of the programs that it builds',
  'CIL-04': 'the Pods of the lab are connected by flannel, and Cilium is none of the programs that it builds',
  'CIL-05': 'the Pods of the lab are connected by flannel, and Cilium is none of the programs that it builds',
  'CIL-06': 'the Pods of the lab are connected by flannel, and Cilium is none of the programs that it builds',
  'CIL-07': 'the Pods of the lab are connected by flannel, and Cilium is none of the programs that it builds',
  'CIL-08': 'the Pods of the lab are connected by flannel, and Cilium is none of the programs that it builds',
  'CIL-09': 'the Pods of the lab are connected by flannel, and Cilium is none of the programs that it builds',
  'CNI-19':
    'a hidden switch that drops tunnel packets and a firewall that does so look the same from both nodes, and the program names CNI-11 for both',
  'CNI-22':
    'a node of the lab is a few namespaces without an init, so neither NetworkManager nor systemd-networkd manages its devices',
  'DNS-05': 'only the network cards of AWS count what they drop as more than their allowance',
  'DNS-09': 'the images of the lab are made of the programs of Debian, and none of them has musl as its library',
  'DNS-14':
    'the CoreDNS of the lab (1.12) marks an answer that it cannot read whole as cut, so that it is asked for again over TCP, and logs nothing; older ones log it and fail',
  'IPVS-03': 'the kernel drops no such packet since 5.9; the only one here with IPVS, the user-mode kernel, is a 6.1',
  'KP-17':
    'until 1.27 kube-proxy listened at every node port and left out one that it could not have; that of the lab listens nowhere, and a connection of the node from such a port harms nobody',
  'ING-15':
    'no controller of the Gateway API is among the programs that the lab can build, and without one no route ever worked',
  'POD-09': 'no proxy of a mesh is in Debian or a Go module, and what only imitates one proves nothing about it',
  'NODE-05': 'the cards of its nodes are cables between namespaces (veth), which make no errors of their own',
  'NODE-10': 'all nodes are namespaces of one kernel, and there is no namespace for the time of day',
  'NODE-17':
    'only the journal of systemd says what the API server answered the kubelet, and none is kept on a node of namespaces',
  'SVC-10': 'it takes more than a thousand Pods behind one Service, and a program that still reads Endpoints',
};
