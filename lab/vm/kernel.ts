import { globSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from '../build/programs.ts';
import { must } from '../machine/run.ts';

export interface Kernel {
  image: string;
  /** The folder with `lib/modules` in it. */
  root: string;
}

/** Debian's own kernel, fetched once and never installed on this machine. */
export async function fetchKernel(): Promise<Kernel> {
  return keptKernel() ?? (await fetchInto(cacheRoot()));
}

function keptKernel(): Kernel | undefined {
  const image = globSync(join(cacheRoot(), 'vm-kernel/boot/vmlinuz-*'))[0];
  return image === undefined ? undefined : { image, root: join(cacheRoot(), 'vm-kernel') };
}

async function fetchInto(cache: string): Promise<Kernel> {
  const part = join(cache, `vm-kernel.${process.pid}`);
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  await must(['apt-get', 'update', '-q']);
  const depends = await must(['apt-cache', 'depends', 'linux-image-amd64']);
  const name = /Depends: (linux-image-\S+)/.exec(depends)?.[1];
  if (!name) throw new Error(`apt knows no kernel behind linux-image-amd64:\n${depends}`);
  // apt fetches as a user of its own where the folder lets it, and only warns where not.
  await must(['apt-get', 'download', '-q', name], { cwd: part });
  const archive = globSync(join(part, '*.deb'))[0] ?? '';
  await must(['dpkg-deb', '--extract', archive, part]);
  await rm(archive);
  const version = globSync(join(part, 'boot/vmlinuz-*'))[0]?.replace(/^.*vmlinuz-/, '') ?? '';
  await dropUnused(join(part, 'lib/modules', version, 'kernel'));
  await must(['depmod', '-b', part, version]);
  await rename(part, join(cache, 'vm-kernel')).catch(() => rm(part, { recursive: true }));
  const kernel = keptKernel();
  if (!kernel) throw new Error(`${name} has no kernel in it`);
  return kernel;
}

/** What a machine without hardware of its own can use; the rest is nine tenths of the package. */
const USED = [
  'net/{bridge,core,ipv4,ipv6,llc,802,netfilter,netlink,sched,unix,vmw_vsock,xfrm,9p,packet,tls,key}',
  'lib',
  'crypto',
  'arch/x86/crypto',
  'fs/{9p,ext4,jbd2,overlayfs,netfs,fscache}',
  'fs/mbcache.ko',
  'drivers/{block/virtio_blk.ko,char/hw_random,virtio}',
  'drivers/net/{veth,dummy,geneve,macvlan,ifb,tun,vrf}.ko',
  'drivers/net/{vxlan,wireguard,ipvlan,bonding}',
];

async function dropUnused(modules: string): Promise<void> {
  const used = `${modules}.used`;
  await mkdir(used);
  await must(['cp', '-a', '--parents', ...globSync(USED, { cwd: modules }), used], { cwd: modules });
  await rm(modules, { recursive: true });
  await rename(used, modules);
}
