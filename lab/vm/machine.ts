import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kernel } from './kernel.ts';

export const REPOSITORY = join(import.meta.dirname, '../..');

interface Parts {
  kernel: Kernel;
  initramfs: string;
  disk: string;
  /** Shared with the machine for both to write. */
  out: string;
}

const MEMORY = '4096';

export function qemu({ kernel, initramfs, disk, out }: Parts): string[] {
  return [
    'qemu-system-x86_64',
    ...['-machine', 'q35', ...accelerator(), '-smp', '2', '-m', MEMORY],
    ...['-nodefaults', '-display', 'none', '-no-reboot', '-nic', 'none'],
    ...['-chardev', 'stdio,id=console,signal=off', '-serial', 'chardev:console'],
    ...['-kernel', kernel.image, '-initrd', initramfs],
    // The lab's nodes are to look like those of the other profiles, and these have hierarchies of cgroup v1.
    ...['-append', 'console=ttyS0 loglevel=1 panic=-1 mitigations=off random.trust_cpu=on'],
    ...['-drive', `file=${disk},format=raw,if=virtio,snapshot=on,cache=unsafe`],
    ...share('usr', '/usr'),
    ...share('etc', '/etc'),
    ...share('alternatives', '/var/lib/dpkg/alternatives'),
    ...share('repository', REPOSITORY),
    ...share('out', out, false),
  ];
}

const share = (tag: string, path: string, readonly = true) => [
  '-virtfs',
  `local,path=${path},mount_tag=${tag},security_model=none,multidevs=remap${readonly ? ',readonly=on' : ''}`,
];

// /dev/kvm may be there and too slow to be of use: on a machine that is a guest itself, without these flags, it emulates.
function accelerator(): string[] {
  const hardware = /^flags\s*:.*\b(vmx|svm)\b/m.test(readFileSync('/proc/cpuinfo', 'utf8'));
  return hardware
    ? ['-accel', 'kvm', '-cpu', 'host']
    : ['-accel', 'tcg,thread=multi,tb-size=1024', '-cpu', 'max,la57=off,smap=off,smep=off,pku=off'];
}
