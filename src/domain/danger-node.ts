import type { DangerId, DangerRule } from './danger.js';

export const hasAny = (args: readonly string[], ...wanted: readonly string[]) =>
  args.some((arg) => wanted.includes(arg));
const after = (args: readonly string[], ...flags: readonly string[]) => {
  const at = args.findIndex((arg) => flags.includes(arg));
  return at < 0 ? [] : args.slice(at + 1);
};

const foreignChain = /^(KUBE-|FLANNEL-|DOCKER|CNI-|cali-|CILIUM_|WEAVE|AWS-)/;
const onChain = (args: readonly string[]) =>
  after(args, '-A', '-I', '-D', '-R', '--append', '--insert', '--delete', '--replace')[0] ?? '';

export const iptables: DangerRule = ({ args }) => {
  if (hasAny(args, '-F', '--flush', '-X', '--delete-chain')) return 'rules-flushed';
  const [, second = ''] = after(args, '-D', '--delete');
  if (/^\d+$/.test(second)) return 'rule-by-number';
  if (foreignChain.test(onChain(args))) return 'chain-of-another';
  return after(args, '-j', '--jump')[0] === 'TRACE' ? 'rules-traced' : undefined;
};

export const nft: DangerRule = ({ args }) => {
  const [verb = '', what = ''] = args.filter((arg) => !arg.startsWith('-'));
  if (verb === 'flush' || (verb === 'delete' && (what === 'table' || what === 'chain'))) return 'rules-flushed';
  return undefined;
};

export const conntrack: DangerRule = ({ args }) => {
  if (hasAny(args, '-F', '--flush')) return 'connections-flushed';
  return hasAny(args, '-D', '--delete') && args.length === 1 ? 'connections-flushed' : undefined;
};

const unitNames: readonly (readonly [RegExp, DangerId])[] = [
  [/^(firewalld|iptables|ip6tables|nftables|ufw)$/, 'firewall-stopped'],
  [/^(network|networking|NetworkManager|systemd-networkd)$/, 'network-restarted'],
  [/^(kube-proxy|kubelet|containerd|docker|crio|flanneld)$/, 'agent-restarted'],
];

export const units: DangerRule = ({ program, args }) => {
  const words = args.filter((arg) => !arg.startsWith('-')).map((arg) => arg.replace(/\.service$/, ''));
  if (words[0] === 'reboot') return 'node-restarted';
  // `service NAME restart`, and `systemctl restart NAME…`
  const [verb = '', names] = program === 'service' ? [words[1], [words[0] ?? '']] : [words[0], words.slice(1)];
  if (!['restart', 'stop', 'disable', 'mask', 'kill'].includes(verb)) return undefined;
  return unitNames.find(([unit]) => names.some((name) => unit.test(name)))?.[1];
};

const settings: readonly (readonly [RegExp, DangerId])[] = [
  [/^net\.ipv4\.conf\.(all|default|\*)\.rp_filter=[02]$/, 'path-filter-loosened'],
  [/^net\.ipv[46]\.(ip_forward|conf\.all\.forwarding)=0$/, 'forwarding-off'],
  [/^net\.bridge\.bridge-nf-call-ip6?tables=0$/, 'bridge-hook-off'],
  [/^net\.ipv4\.tcp_(tw_reuse|tw_recycle=1|fin_timeout)/, 'sockets-tuned'],
];

/** `net.ipv4.ip_forward=0`, also with slashes or blanks. */
export const sysctl: DangerRule = ({ args }) => {
  const joined = args
    .join(' ')
    .replaceAll(/\s*=\s*/g, '=')
    .split(' ');
  const assigned = joined.filter((arg) => arg.includes('=')).map((arg) => arg.replaceAll('/', '.'));
  return settings.find(([setting]) => assigned.some((arg) => setting.test(arg)))?.[1];
};

const tunnel = /^(flannel|vxlan|cilium|cali|wg)/;
const arp: DangerRule = ({ args }) => (hasAny(args, '-d', '--delete') ? 'neighbour-removed' : undefined);

/** `ip neigh` and `bridge fdb`, however far they are shortened. */
const table: DangerRule = ({ program, args }) => {
  const words = args.filter((arg) => !arg.startsWith('-'));
  const [what = '', verb = ''] = words;
  const isTable = (program === 'bridge' ? /^f(db)?$/ : /^n(eigh|eighbor|eighbour)?$/).test(what);
  const isLost = verb === 'flush' || (/^del(ete)?$/.test(verb) && tunnel.test(after(words, 'dev')[0] ?? ''));
  return isTable && isLost ? 'neighbour-removed' : undefined;
};

export const neighbour: DangerRule = (said) => (said.program === 'arp' ? arp(said) : table(said));

const pluginPaths = /^\/(var\/lib\/cni|etc\/cni|opt\/cni)(\/|$)/;
export const removal: DangerRule = ({ args }) => {
  const isRecursive = args.some((arg) => /^-[a-z]*r|^--recursive$/i.test(arg));
  const paths = args.filter((arg) => pluginPaths.test(arg));
  return paths.some((path) => isRecursive || path.includes('*')) ? 'plugin-files-removed' : undefined;
};
