/** Causes that no fault here can show, and why. What the lab learns to show is taken out again. */
export const OUT_OF_REACH: Readonly<Record<string, string>> = {
  'CT-08': 'the kernel lost tcp_tw_recycle with 4.12; this machine has 6.18 and the user-mode kernel is a 6.1',
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
  'SVC-10': 'it takes more than a thousand Pods behind one Service, and a program that still reads Endpoints',
};
