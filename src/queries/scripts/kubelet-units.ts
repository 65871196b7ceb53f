/** Units that are, or hold, the kubelet. */
export const kubeletUnits = [
  'kubelet',
  'k3s',
  'k3s-agent',
  'rke2-server',
  'rke2-agent',
  'k0scontroller',
  'k0sworker',
  'snap.microk8s.daemon-kubelite',
  'snap.kubelet-eks.daemon',
] as const;

/** Container runtimes that run by themselves. K3s, RKE2 and k0s start their own. */
export const runtimeUnits = ['containerd', 'crio', 'docker', 'cri-docker', 'snap.microk8s.daemon-containerd'] as const;
