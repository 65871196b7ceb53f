const ALONE = [
  ...['--keep-in-foreground', '--conf-file=/dev/null', '--user=root', '--no-hosts', '--no-resolv', '--pid-file='],
  '--cache-size=0',
];
// Authority for everything: what it does not know does not exist. Else it refuses, which no resolver of the world does.
const ALL_KNOWING = ['--local=/#/', '--bind-interfaces'];

/** Knows what it is told, and nothing of the machine. */
export const dnsmasq = (more: readonly string[]): string[] => ['/usr/sbin/dnsmasq', ...ALONE, ...more];

/** A name server of the world, at one address. */
export const nameServer = (address: string, more: readonly string[] = []): string[] =>
  dnsmasq([...ALL_KNOWING, `--listen-address=${address}`, ...more]);
