import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { must } from './run.ts';

/** Debian package → a file that proves it is there. */
export type Packages = Readonly<Record<string, string>>;

const NEEDED: Packages = {
  iproute2: '/usr/sbin/ip',
  iptables: '/usr/sbin/iptables',
  nftables: '/usr/sbin/nft',
  ipset: '/usr/sbin/ipset',
  conntrack: '/usr/sbin/conntrack',
  ethtool: '/usr/sbin/ethtool',
  tcpdump: '/usr/bin/tcpdump',
  'iputils-ping': '/usr/bin/ping',
  'iputils-arping': '/usr/bin/arping',
  'dnsmasq-base': '/usr/sbin/dnsmasq',
  'bind9-dnsutils': '/usr/bin/dig',
  'netcat-openbsd': '/usr/bin/nc.openbsd',
  'busybox-static': '/usr/bin/busybox',
  procps: '/usr/sbin/sysctl',
  curl: '/usr/bin/curl',
  openssl: '/usr/bin/openssl',
  'openssh-server': '/usr/sbin/sshd',
  'openssh-client': '/usr/bin/ssh',
  sudo: '/usr/bin/sudo',
  passwd: '/usr/sbin/useradd',
  gcc: '/usr/bin/gcc',
  'libc6-dev': '/usr/include/stdio.h',
  'musl-tools': '/usr/bin/musl-gcc',
  containerd: '/usr/bin/containerd',
  runc: '/usr/sbin/runc',
  nginx: '/usr/sbin/nginx',
  'containernetworking-plugins': '/usr/lib/cni/bridge',
};

/** What a cluster does without, and its checks do not. */
export const FOR_CHECKS: Packages = {
  ...NEEDED,
  'chromium-headless-shell': '/usr/bin/chromium-headless-shell',
  'fonts-dejavu-core': '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf',
  prometheus: '/usr/bin/prometheus',
  'prometheus-node-exporter': '/usr/bin/prometheus-node-exporter',
};

export function missingPackages(needed = NEEDED): string[] {
  return Object.keys(needed).filter((name) => !installed(needed[name] ?? ''));
}

// Debian has merged /bin and /sbin into /usr, but some packages still name the old place.
function installed(file: string): boolean {
  return existsSync(file) || existsSync(file.replace(/^\/usr/, ''));
}

export async function installPackages(names: readonly string[], needed = NEEDED): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await must(['apt-get', 'update', '-q'], { env });
  await withoutStarting(() => must(['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...names], { env }));
  const left = missingPackages(needed);
  if (left.length > 0) throw new Error(`still missing after apt-get install: ${left.join(', ')}`);
}

const POLICY = '/usr/sbin/policy-rc.d';

// Debian starts what it installs; nginx would take port 80 of the machine.
async function withoutStarting(install: () => Promise<unknown>): Promise<void> {
  if (existsSync(POLICY)) return void (await install());
  await writeFile(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await install();
  } finally {
    await rm(POLICY);
  }
}
