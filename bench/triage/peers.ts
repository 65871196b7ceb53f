/**
 * Measured once, 2026-11-20, on another cluster of this lab's shape (Kubernetes 1.34.4, three nodes, 10 pods, fault:
 * wrong targetPort, medians of three to five runs). Not measured again here: compare the order of magnitude.
 */
export const peers: readonly (readonly string[])[] = [
  ['on 2026-11-20, wrong targetPort, 10 pods', 'verdict', 'seconds', 'requests', 'bytes', 'peak memory'],
  ['15 kubectl calls in a row', 'a person reads 125 lines', '2.2 s', '25', '177 KB', '99 MB'],
  ['skoop 70355a7', 'right', '14.8 s', '31', '1.2 MB', '170 MB'],
  ['popeye 5d07838, -A', 'right', '0.3 s', '49', '0.8 MB', '2.5 GB'],
  ['k8sgpt 05247a8, no AI', 'silent', '0.2 s', '19', '84 KB', '162 MB'],
  ['(peak memory is that of a cluster with 2,000 pods)'],
];
