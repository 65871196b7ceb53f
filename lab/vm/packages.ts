import { installPackages, missingPackages, type Packages } from '../machine/packages.ts';
import { stage } from '../machine/stage.ts';

const NEEDED: Packages = {
  // The kernel is built with these.
  gcc: '/usr/bin/gcc',
  'libc6-dev': '/usr/include/stdio.h',
  make: '/usr/bin/make',
  flex: '/usr/bin/flex',
  bison: '/usr/bin/bison',
  bc: '/usr/bin/bc',
  'xz-utils': '/usr/bin/xz',
  e2fsprogs: '/usr/sbin/mke2fs',
  // It runs inside, where /usr is the host's.
  ipvsadm: '/usr/sbin/ipvsadm',
};

export async function installForMachine(): Promise<void> {
  const missing = missingPackages(NEEDED);
  if (missing.length > 0) await stage(`packages: ${missing.join(' ')}`, () => installPackages(missing, NEEDED));
}
