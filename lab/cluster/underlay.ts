import { writeFile } from 'node:fs/promises';
import { startDaemon } from '../machine/daemon.ts';
import { nameServer } from '../machine/dnsmasq.ts';
import { must } from '../machine/run.ts';
import { inIpv6, isDual } from './families.ts';
import { type Lab, log, NETWORK, NODES, netns, within } from './plan.ts';

interface Station {
  name: string;
  addresses: string[];
  gateway: string;
  bridged: boolean;
}

const STATIONS: readonly Station[] = [
  { name: 'cp', addresses: [NETWORK.apiServer], gateway: NETWORK.router, bridged: true },
  {
    name: 'bastion',
    addresses: [NETWORK.bastion, NETWORK.resolver],
    gateway: NETWORK.router,
    bridged: true,
  },
  { name: 'ext', addresses: [NETWORK.outside], gateway: NETWORK.outsideGateway, bridged: false },
];

/** A switch, a router, and a cable to every node and station. None of it has a way to the machine's own network. */
export async function layUnderlay(lab: Lab): Promise<void> {
  const names = ['underlay', ...STATIONS.map(({ name }) => name), ...NODES.map(({ name }) => name)];
  for (const name of names) await must(['ip', 'netns', 'add', netns(lab, name)]);
  await batch(lab, 'underlay', [
    'link set lo up',
    'link add br0 type bridge',
    'link set br0 up',
    ...addresses(lab, NETWORK.router, 'br0'),
  ]);
  await sysctl(lab, 'underlay', [
    'net.ipv4.ip_forward=1',
    'net.ipv6.conf.all.forwarding=1',
    'net.bridge.bridge-nf-call-iptables=0',
    'net.bridge.bridge-nf-call-ip6tables=0',
  ]);
  await Promise.all([
    ...STATIONS.map((station) => connectStation(lab, station)),
    ...NODES.map(({ name }) => connectNode(lab, name)),
  ]);
}

async function cable(lab: Lab, name: string): Promise<void> {
  await must([
    'ip',
    'link',
    'add',
    `u-${name}`,
    'netns',
    netns(lab, 'underlay'),
    'type',
    'veth',
    'peer',
    'name',
    'eth0',
    'netns',
    netns(lab, name),
  ]);
}

async function connectStation(lab: Lab, station: Station): Promise<void> {
  await cable(lab, station.name);
  const port = `u-${station.name}`;
  const plug = station.bridged
    ? [`link set ${port} master br0 up`]
    : [`link set ${port} up`, ...addresses(lab, station.gateway, port)];
  await batch(lab, 'underlay', plug);
  await batch(lab, station.name, [
    'link set lo up',
    'link set eth0 up',
    ...station.addresses.flatMap((address) => addresses(lab, address, 'eth0')),
    ...defaultRoutes(lab, station.gateway),
  ]);
}

async function connectNode(lab: Lab, name: string): Promise<void> {
  const node = NODES.find((one) => one.name === name);
  if (!node) throw new Error(`no node ${name}`);
  await cable(lab, name);
  await batch(lab, 'underlay', [`link set u-${name} master br0 up`]);
  await batch(lab, name, [
    'link set lo up',
    `link set eth0 address ${node.mac} up`,
    ...addresses(lab, node.address, 'eth0'),
    ...defaultRoutes(lab, NETWORK.router),
  ]);
  await sysctl(lab, name, [
    'net.ipv4.ip_forward=1',
    ...(isDual(lab) ? ['net.ipv6.conf.all.forwarding=1'] : []),
    'net.bridge.bridge-nf-call-iptables=1',
    'net.bridge.bridge-nf-call-ip6tables=1',
    'net.ipv4.conf.all.rp_filter=0',
    'net.ipv4.conf.default.rp_filter=0',
    'net.netfilter.nf_conntrack_acct=1',
  ]);
  // veth hands 64 KiB segments over whole, whatever the MTU; a real cable cannot.
  await must([...within(lab, name), 'ethtool', '-K', 'eth0', 'tso', 'off', 'gso', 'off', 'gro', 'off']);
  await must([...within(lab, 'underlay'), 'ethtool', '-K', `u-${name}`, 'tso', 'off', 'gso', 'off', 'gro', 'off']);
}

// Without duplicate address detection an IPv6 address is usable at once.
const addresses = (lab: Lab, address: string, device: string) => [
  `addr add ${address}/24 dev ${device}`,
  ...(isDual(lab) ? [`addr add ${inIpv6(address)}/64 dev ${device} nodad`] : []),
];

const defaultRoutes = (lab: Lab, gateway: string) => [
  `route add default via ${gateway}`,
  ...(isDual(lab) ? [`route add ::/0 via ${inIpv6(gateway)}`] : []),
];

async function sysctl(lab: Lab, name: string, values: readonly string[]): Promise<void> {
  await must([...within(lab, name), 'sysctl', '-qw', ...values]);
}

async function batch(lab: Lab, name: string, lines: readonly string[]): Promise<void> {
  await must(['ip', '-n', netns(lab, name), '-batch', '-'], { input: `${lines.join('\n')}\n` });
}

/** The world outside: the resolver that the cluster's DNS asks, and one web server. */
export async function startOutside(lab: Lab): Promise<void> {
  await writeFile(`${lab.dir}/www/index.html`, 'outside\n');
  startDaemon(log(lab, 'resolver'), [
    ...within(lab, 'bastion'),
    ...nameServer(NETWORK.resolver, [
      `--host-record=www.example.com,${[NETWORK.outside, ...(isDual(lab) ? [inIpv6(NETWORK.outside)] : [])].join(',')}`,
    ]),
  ]);
  startDaemon(log(lab, 'outside'), [
    ...within(lab, 'ext'),
    'busybox',
    'httpd',
    '-f',
    '-p',
    '80',
    '-h',
    `${lab.dir}/www`,
  ]);
}
