import type { Argv } from '../scenario/place.ts';

const read = (file: string): Argv => ['cat', file];

/** Every program that a stage reads on a node or in the network of a pod, under the name of its recording. */
export const NETWORK_PROGRAMS = {
  'ip-addr.json': ['ip', '-j', '-d', 'addr'],
  'ip-addr.txt': ['ip', 'addr'],
  'ip-link.json': ['ip', '-j', '-d', '-s', '-s', 'link'],
  'ip-link.txt': ['ip', '-d', '-s', '-s', 'link'],
  'ip-route.json': ['ip', '-j', '-d', 'route', 'show', 'table', 'all'],
  'ip-route.txt': ['ip', 'route', 'show', 'table', 'all'],
  'ip6-route.json': ['ip', '-6', '-j', '-d', 'route', 'show', 'table', 'all'],
  'ip-rule.json': ['ip', '-j', 'rule'],
  'ip-rule.txt': ['ip', 'rule'],
  'ip-neigh.json': ['ip', '-j', '-s', 'neigh'],
  'ip-neigh.txt': ['ip', '-s', 'neigh'],
  'sockets-listening.txt': ['ss', '-H', '-lntup'],
  'sockets-tcp.txt': ['ss', '-tinem'],
  'sockets-summary.txt': ['ss', '-s'],
  'nstat.json': ['nstat', '-jsaz'],
  'nstat.txt': ['nstat', '-saz'],
  'proc-net-snmp.txt': read('/proc/net/snmp'),
  'proc-net-netstat.txt': read('/proc/net/netstat'),
  'proc-net-sockstat.txt': read('/proc/net/sockstat'),
  'proc-net-dev.txt': read('/proc/net/dev'),
  'proc-net-arp.txt': read('/proc/net/arp'),
  'proc-net-route.txt': read('/proc/net/route'),
  'proc-net-fib-trie.txt': read('/proc/net/fib_trie'),
  'proc-net-tcp.txt': read('/proc/net/tcp'),
  'proc-net-tcp6.txt': read('/proc/net/tcp6'),
  'proc-net-udp.txt': read('/proc/net/udp'),
  'resolv-conf.txt': read('/etc/resolv.conf'),
  'tc-qdisc.json': ['tc', '-s', '-j', 'qdisc'],
  'tc-qdisc.txt': ['tc', '-s', 'qdisc'],
  'ethtool-features.txt': ['ethtool', '-k', 'eth0'],
  'ethtool-statistics.txt': ['ethtool', '-S', 'eth0'],
  'ethtool-driver.txt': ['ethtool', '-i', 'eth0'],
} as const satisfies Record<string, Argv>;

const SYSCTLS =
  'net\\.(ipv4|ipv6)\\.(ip_forward|conf|neigh|tcp_|ip_local|vs)|net\\.(bridge|netfilter|core)|nf_conntrack';

export const NODE_PROGRAMS = {
  ...NETWORK_PROGRAMS,
  'bridge-link.json': ['bridge', '-j', '-d', 'link'],
  'bridge-link.txt': ['bridge', '-d', 'link'],
  'bridge-fdb.json': ['bridge', '-j', 'fdb'],
  'bridge-fdb.txt': ['bridge', 'fdb'],
  'iptables-save.txt': ['iptables-save', '-c'],
  'iptables-legacy-save.txt': ['iptables-legacy-save', '-c'],
  'ip6tables-save.txt': ['ip6tables-save', '-c'],
  'nft-ruleset.json': ['nft', '-j', 'list', 'ruleset'],
  'nft-ruleset.txt': ['nft', 'list', 'ruleset'],
  'ipset.txt': ['ipset', 'list'],
  'ipvsadm-list.txt': ['ipvsadm', '-Ln'],
  'ipvsadm-save.txt': ['ipvsadm', '-S', '-n'],
  'ipvsadm-statistics.txt': ['ipvsadm', '-Ln', '--stats'],
  'ipvsadm-connections.txt': ['ipvsadm', '-Lnc'],
  'ipvsadm-timeout.txt': ['ipvsadm', '-L', '--timeout'],
  'proc-net-ip-vs.txt': read('/proc/net/ip_vs'),
  'proc-net-ip-vs-conn.txt': read('/proc/net/ip_vs_conn'),
  'proc-net-ip-vs-stats.txt': read('/proc/net/ip_vs_stats'),
  'kube-ipvs0-addr.txt': ['ip', 'addr', 'show', 'kube-ipvs0'],
  'kube-ipvs0-addr.json': ['ip', '-j', '-d', 'addr', 'show', 'kube-ipvs0'],
  'conntrack-count.txt': ['conntrack', '-C'],
  'conntrack-statistics.txt': ['conntrack', '-S'],
  'conntrack-list.txt': ['conntrack', '-L', '-o', 'extended'],
  'proc-net-nf-conntrack.txt': read('/proc/net/nf_conntrack'),
  'proc-net-stat-nf-conntrack.txt': read('/proc/net/stat/nf_conntrack'),
  'proc-net-softnet-stat.txt': read('/proc/net/softnet_stat'),
  'proc-net-stat-arp-cache.txt': read('/proc/net/stat/arp_cache'),
  'ip-tables-names.txt': read('/proc/net/ip_tables_names'),
  'sysctl.txt': ['sysctl', '-a', '--pattern', SYSCTLS],
  'iptables-version.txt': ['iptables', '--version'],
  'cni-config-files.txt': ['ls', '-l', '/etc/cni/net.d', '/opt/cni/bin'],
  'cni-config.json': read('/etc/cni/net.d/10-flannel.conflist'),
  'flannel-subnet.txt': read('/run/flannel/subnet.env'),
  'kube-proxy-mode.txt': ['curl', '-sS', '-m', '2', 'http://127.0.0.1:10249/proxyMode'],
  'kube-proxy-healthz.json': ['curl', '-sS', '-m', '2', 'http://127.0.0.1:10256/healthz'],
  'kube-proxy-metrics.txt': ['curl', '-sS', '-m', '2', 'http://127.0.0.1:10249/metrics'],
  'uname.txt': ['uname', '-a'],
  'os-release.txt': read('/etc/os-release'),
  'containerd-tasks.txt': ['ctr', '-n', 'k8s.io', 'tasks', 'list'],
} as const satisfies Record<string, Argv>;

export type NodeProgram = keyof typeof NODE_PROGRAMS;

/** Where the version of each program is read; written into the index beside the recordings. */
export const VERSIONS: Readonly<Record<string, Argv>> = {
  kernel: ['uname', '-r'],
  iproute2: ['ip', '-V'],
  iptables: ['iptables', '--version'],
  nftables: ['nft', '--version'],
  conntrack: ['conntrack', '--version'],
  ipset: ['ipset', '--version'],
  ethtool: ['ethtool', '--version'],
  containerd: ['containerd', '--version'],
};
