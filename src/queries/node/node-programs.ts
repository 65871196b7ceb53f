import { processesQuery } from '../probes/processes.js';

/** Programs that are, or hold, the kubelet. */
export const kubeletPrograms = ['kubelet', 'k3s', 'k3s-server', 'k3s-agent', 'kubelite', 'hyperkube'] as const;
export const runtimePrograms = ['containerd', 'crio', 'cri-dockerd', 'dockerd'] as const;

/** The processes of the kubelet and of the container runtime, for nodes that no systemd runs. */
export const nodePrograms = processesQuery('node-programs', [...kubeletPrograms, ...runtimePrograms]);
