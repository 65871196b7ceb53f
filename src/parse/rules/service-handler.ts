/**
 * Interfaces of programs that send Services their way without kube-proxy: Cilium, Calico's eBPF mode (bpfin.cali,
 * bpfnatin), OVN-Kubernetes, Antrea. They may also be there beside kube-proxy.
 */
const replacing = /^(cilium_(host|net|vxlan)|bpf(in|out)\.cali|bpfnat(in|out)|ovn-k8s-mp\d+|antrea-gw\d+)$/;

export const replacedBy = (devices: readonly string[]): string[] => devices.filter((name) => replacing.test(name));

/** kube-proxy of IPVS mode keeps the addresses of all Services on this interface. */
export const ipvsDevice = 'kube-ipvs0';
