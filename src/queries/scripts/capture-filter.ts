import { isIPv6 } from 'node:net';

export interface CaptureFilter {
  /** Of the Pods. Packets to and from them are wanted, also inside tunnels. */
  readonly addresses: readonly string[];
  readonly ports: readonly number[];
  /** UDP ports of tunnels. */
  readonly tunnels: readonly number[];
}

const either = (terms: readonly string[]) => `(${terms.join(' or ')})`;

/** The four or sixteen bytes of an address, as tcpdump compares them: by four. */
const words = (address: string): string[] => {
  const bytes = isIPv6(address) ? bytesOf6(address) : address.split('.').map(Number);
  return Array.from({ length: bytes.length / 4 }, (_, at) =>
    bytes.slice(4 * at, 4 * at + 4).reduce((text, byte) => text + byte.toString(16).padStart(2, '0'), '0x'),
  );
};

const bytesOf6 = (address: string): number[] => {
  // The parser of URLs writes every form of an address in the shortest one, without dots.
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const groups = (text = '') => text.split(':').filter((group) => group !== '');
  const [before, after] = [groups(head), groups(tail)];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
};

/** Where the addresses of the packet inside are: behind the headers of its tunnel, and of Ethernet in some. */
const innerAt = (header: string, start: number, address: string) => {
  const [source, size] = isIPv6(address) ? [8, 16] : [12, 4];
  const at = (from: number) =>
    words(address)
      .map((word, n) => `${header}[${from + 4 * n}:4]=${word}`)
      .join(' and ');
  return `(${at(start + source)}) or (${at(start + source + size)})`;
};

// Only what opens and ends connections: SYN is 2, RST is 4. So no content is read, and a busy flow does not fill the room.
const controls = (header: string, start: number) =>
  `(${header}[${start}]&0xf0=0x60 or ${header}[${start + 9}]=1 or ${header}[${start + 33}]&6!=0)`;

/** Behind UDP 8 bytes, VXLAN or Geneve 8, Ethernet 14. */
const inUdp = (port: number, addresses: readonly string[]) =>
  `(udp dst port ${port} and ${controls('udp', 30)} and ${either(addresses.map((one) => innerAt('udp', 30, one)))})`;

/** Behind an IP header without options. */
const inIp = (addresses: readonly string[]) =>
  `(ip proto 4 and ${controls('ip', 20)} and ${either(addresses.map((one) => innerAt('ip', 20, one)))})`;

/** A filter of pcap-filter(7), made of nothing but checked addresses and numbers. */
export const filterOf = ({ addresses, ports, tunnels }: CaptureFilter): string => {
  const hosts = either(addresses.map((one) => `host ${one}`));
  const segments = `(tcp and ${hosts} and ${either(ports.map((port) => `port ${port}`))} and (ip6 or tcp[13]&6!=0))`;
  const refusals = `((icmp[0]=3 or (icmp6 and ip6[40]=1)) and ${hosts})`;
  const four = addresses.filter((one) => !isIPv6(one));
  return [
    ...[segments, refusals],
    ...(four.length > 0 ? [`(arp and ${either(four.map((one) => `host ${one}`))})`, inIp(four)] : []),
    ...tunnels.map((port) => inUdp(port, addresses)),
  ].join(' or ');
};
