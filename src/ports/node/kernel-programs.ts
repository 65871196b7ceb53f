// Answer from the kernel alone, whichever files lie beside them.
const ofKernel = new Set([
  ...['ip', 'bridge', 'tc', 'ss', 'nstat', 'ethtool', 'sysctl', 'tcpdump', 'conntrack', 'ipset', 'ipvsadm', 'nft'],
  ...['iptables-save', 'ip6tables-save', 'iptables-legacy-save', 'ip6tables-legacy-save', 'ping', 'tracepath', 'dmesg'],
]);

const isOfKernel = (path: string) => /^\/(proc|sys)\//.test(path) && !path.includes('/root/') && !path.includes('..');

// "nsenter -t 1234 -n -- timeout -k 1 12 tcpdump …": into a network, and for so long.
const withoutPrefix = (argv: readonly string[]): readonly string[] => {
  if (argv[0] === 'nsenter' && argv[3] === '-n' && argv[4] === '--') return withoutPrefix(argv.slice(5));
  return argv[0] === 'timeout' && argv[1] === '-k' ? withoutPrefix(argv.slice(4)) : argv;
};

/**
 * True for a program that says the same from a container with the network and the processes of the node as from the
 * node itself. Others would take the files of the image for those of the node.
 */
export const asksKernelOnly = (argv: readonly string[]): boolean => {
  const [program = '', ...words] = withoutPrefix(argv);
  if (program !== 'cat') return ofKernel.has(program);
  return words.length > 0 && words.every(isOfKernel);
};
