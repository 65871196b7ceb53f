// Programs of network plugins, by the names their authors give them: Cilium (bpf_lxc, bpf_host, bpf_overlay, since 1.13
// cil_*), Calico (cali_*, calico_*), the policy agent of AWS (handle_ingress, handle_egress), Antrea and OVN through
// Open vSwitch have none, kube-router and flannel neither.
const known =
  /^(cil_|cilium|cali_|calico|bpf_(lxc|host|overlay|network|xdp|sock)|handle_(ingress|egress)$|(from|to)-(container|host|netdev|overlay)|tail_|__send_drop|aws_)/;

/** Whether a program that sees packets belongs to a network plugin. */
export const isKnownHook = (name: string): boolean => known.test(name.replace(/^.*\[|\]$/g, '')) || known.test(name);
