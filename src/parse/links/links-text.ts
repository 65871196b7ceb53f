import type { Link, Links } from './link.js';
import { wordsAfter } from './rows.js';
import { isTunnel } from './tunnel-kinds.js';

// "5: veth90cd4740@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue master cni0 state UP"
const head = /^(\d{1,9}): ([^\s@:]+)(?:@(\S+))?: <([^>]*)> mtu (\d{1,9})\b/;
// "    link/ether 5e:db:00:a4:91:f2 brd ff:ff:ff:ff:ff:ff link-netnsid 1"
const hardware = /^\s+link\/\S+ ([0-9a-f:.]+)/;
// "    inet 10.244.1.1/24 brd 10.244.1.255 scope global cni0", "    inet6 fe80::1/64 scope link"
const address = /^\s+inet6? ([0-9a-f.:]+)(?: peer [^\s/]+)?\/(\d{1,3})\b/;
// "    vxlan id 1 local 10.0.0.12 dev eth0 srcport 0 0 dstport 8472 nolearning"
const kinds =
  /^\s+(vxlan|geneve|ipip|ip6tnl|sit|gre|gretap|wireguard|tun|xfrm|bridge|veth|macvlan|ipvlan|dummy|vlan)\s/;
// "        518334     757      0       0       0       0": bytes, packets, errors, dropped
const numbers = /^\s+(\d{1,15})\s+(\d{1,15})\s+(\d{1,15})\s+(\d{1,15})\s/;

const begin = (match: RegExpExecArray, line: string): Link => {
  const [, index, name, other = '', flags = '', mtu] = match;
  const peer = /^if(\d{1,9})$/.exec(other)?.[1];
  const master = wordsAfter(line)('master');
  return {
    index: Number(index),
    name: name ?? '',
    ...(peer === undefined ? {} : { peer: Number(peer) }),
    up: flags.split(',').includes('UP'),
    carrier: flags.split(',').includes('LOWER_UP'),
    mtu: Number(mtu),
    ...(master === undefined ? {} : { master }),
    kind: '',
    mac: '',
    addresses: [],
  };
};

const number = (text: string | undefined) => (text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined);

const tunnelOf = (line: string): Link['tunnel'] => {
  const after = wordsAfter(line);
  const [id, port, local, link] = [number(after('id')), number(after('dstport')), after('local'), after('dev')];
  return {
    ...(id === undefined ? {} : { id }),
    ...(port === undefined ? {} : { port }),
    ...(local === undefined ? {} : { local }),
    ...(link === undefined ? {} : { link }),
  };
};

const withKind = (link: Link, kind: string, line: string) => {
  link.kind = kind;
  if (isTunnel({ kind })) link.tunnel = tunnelOf(line) ?? {};
};

const details: readonly [RegExp, (link: Link, match: RegExpExecArray, line: string) => void][] = [
  [hardware, (link, [, mac = '']) => void Object.assign(link, { mac })],
  [address, (link, [, text = '', prefix]) => void link.addresses.push({ address: text, prefix: Number(prefix) })],
  [kinds, (link, match, line) => withKind(link, match[1] ?? '', line)],
];

const counts = (before: string, line: string): Pick<Link, 'rx' | 'tx'> => {
  const match = numbers.exec(`${line} `);
  const title = /^\s+(RX|TX):\s+bytes/.exec(before)?.[1];
  if (!match || !title) return {};
  const [, , packets, errors, dropped] = match.map(Number);
  return { [title === 'RX' ? 'rx' : 'tx']: { packets, errors, dropped } };
};

/** `ip addr` of iproute2 and of busybox, with what `-d` and `-s` add. */
export const parseLinksText = (text: string): Links => {
  const rows: Link[] = [];
  const strange: string[] = [];
  let before = '';
  for (const line of text.split('\n')) {
    const match = head.exec(line);
    const link = rows.at(-1);
    if (match) rows.push(begin(match, line));
    else if (link) {
      const found = details.find(([pattern]) => pattern.test(line));
      const detail = found?.[0].exec(line);
      if (found && detail) found[1](link, detail, line);
      Object.assign(link, counts(before, line));
    } else if (line.trim() !== '' && strange.length < 10) strange.push(line.trim().slice(0, 200));
    before = line;
  }
  return { rows, understood: rows.length > 0, strange };
};
