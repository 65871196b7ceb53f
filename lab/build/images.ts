import { copyFile, cp, mkdir, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { must, run } from '../machine/run.ts';
import { writeArchive } from './archive.ts';
import type { Programs } from './programs.ts';

const image = (name: string) => `lab.local/${name}:1`;
export const PAUSE = image('pause');
const COREDNS = image('coredns');
/** A shell with nc, ping and nslookup, as Alpine's has. */
export const BUSYBOX = image('busybox');
/** One static program: no shell, no tool. */
export const DISTROLESS = image('distroless');
/** bash, curl, dig, getent, nc and more, as a debugging image has. */
export const TOOLS = image('tools');
/** Nothing but links into /usr: with the node's /usr as hostPath every program of the node runs in a pod. */
const HOSTTOOLS = image('hosttools');

const ENTRYPOINTS: Record<string, string> = { [PAUSE]: '/pause', [COREDNS]: '/coredns', [DISTROLESS]: '/serve' };

type Fill = (root: string) => Promise<void>;

export async function makeImages(dir: string, programs: Programs): Promise<void> {
  const contents: Record<string, Fill> = {
    [PAUSE]: async (root) =>
      void (await must(['gcc', '-static', '-O2', '-o', `${root}/pause`, join(import.meta.dirname, 'pause.c')])),
    [COREDNS]: (root) => copyFile(programs.coredns, `${root}/coredns`),
    [DISTROLESS]: (root) => copyFile(programs.serve, `${root}/serve`),
    [BUSYBOX]: (root) => fillBusybox(root, programs),
    [TOOLS]: (root) => fillTools(root, programs),
    [HOSTTOOLS]: fillHosttools,
  };
  await Promise.all(Object.entries(contents).map(([name, fill]) => makeImage(dir, name, fill)));
}

async function makeImage(dir: string, name: string, fill: Fill): Promise<void> {
  const short = name.split(/[/:]/)[1];
  const root = join(dir, `${short}.rootfs`);
  for (const folder of ['tmp', 'etc']) await mkdir(join(root, folder), { recursive: true });
  await fill(root);
  await writeArchive({ name, entrypoint: ENTRYPOINTS[name] ?? '/bin/sh' }, root, join(dir, `${short}.tar`));
  await rm(root, { recursive: true });
}

// `busybox --list` names busybox itself: linked to itself, every program in the image would be a loop.
// Debian's static wget crashes on every name, so the image goes without one.
const NOT_LINKED = new Set(['busybox', 'wget']);

async function fillBusybox(root: string, programs: Programs): Promise<void> {
  await mkdir(join(root, 'bin'));
  await copyFile('/usr/bin/busybox', join(root, 'bin/busybox')).catch(() =>
    copyFile('/bin/busybox', join(root, 'bin/busybox')),
  );
  await copyFile(programs.serve, join(root, 'bin/serve'));
  const applets = (await must(['busybox', '--list'])).split('\n').filter((name) => name && !NOT_LINKED.has(name));
  for (const name of applets) await symlink('busybox', join(root, 'bin', name));
}

const TOOL_NAMES = [
  'bash',
  'sh',
  'cat',
  'ls',
  'sleep',
  'timeout',
  'hostname',
  'head',
  'id',
  'env',
  'echo',
  'curl',
  'dig',
  'nslookup',
  'getent',
  'ping',
  'nc.openbsd',
  'ip',
  'ss',
];

async function fillTools(root: string, programs: Programs): Promise<void> {
  for (const folder of ['usr/bin', 'usr/lib', 'usr/lib64']) await mkdir(join(root, folder), { recursive: true });
  for (const top of ['bin', 'lib', 'lib64']) await symlink(`usr/${top}`, join(root, top));
  await copyFile(programs.serve, join(root, 'bin/serve'));
  for (const name of TOOL_NAMES) {
    const path = (await must(['sh', '-c', 'command -v "$1"', 'find', name])).trim();
    const source = path.startsWith('/') ? path : `/usr/bin/${name}`;
    await cp(source, join(root, 'bin', name.split('.')[0] ?? name), { dereference: true });
    await copyLibraries(root, source);
  }
}

// "	libcurl.so.4 => /lib/x86_64-linux-gnu/libcurl.so.4 (0x00007f…)" or "	/lib64/ld-linux-x86-64.so.2 (0x…)"
async function copyLibraries(root: string, program: string): Promise<void> {
  const { stdout } = await run(['ldd', program]);
  for (const [, file = ''] of stdout.matchAll(/(\/\S+) \(0x/g)) {
    const target = join(root, file.startsWith('/usr') ? file : `/usr${file}`);
    await mkdir(dirname(target), { recursive: true });
    await cp(file, target, { dereference: true });
  }
}

async function fillHosttools(root: string): Promise<void> {
  await mkdir(join(root, 'usr'));
  for (const top of ['bin', 'sbin', 'lib', 'lib64']) await symlink(`usr/${top}`, join(root, top));
}
