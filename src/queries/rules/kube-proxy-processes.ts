import { processesQuery } from '../probes/processes.js';

/** The processes that write Service rules. K3s and RKE2 run kube-proxy inside a process of their own. */
export const kubeProxyProcesses = processesQuery('kube-proxy-processes', [
  'kube-proxy',
  'k3s',
  'k3s-server',
  'k3s-agent',
  'cilium-agent',
]);
