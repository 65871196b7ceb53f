import { existsSync } from 'node:fs';
import { installPackages } from '../machine/packages.ts';
import { stage } from '../machine/stage.ts';

const NEEDED: Record<string, string> = {
  'qemu-system-x86': '/usr/bin/qemu-system-x86_64',
  cpio: '/usr/bin/cpio',
  kmod: '/usr/sbin/depmod',
  e2fsprogs: '/usr/sbin/mke2fs',
  // It runs inside, where /usr is the host's.
  ipvsadm: '/usr/sbin/ipvsadm',
};

export async function installForMachine(): Promise<void> {
  const present = (file: string) => existsSync(file) || existsSync(file.replace(/^\/usr/, ''));
  const missing = Object.keys(NEEDED).filter((name) => !present(NEEDED[name] ?? ''));
  if (missing.length > 0) await stage(`packages: ${missing.join(' ')}`, () => installPackages(missing));
}
