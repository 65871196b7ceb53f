import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { copyFile, cp, mkdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { must, run } from '../machine/run.ts';
import { writeArchive } from './archive.ts';
import type { Programs } from './programs.ts';

const image = (name: string) => `lab.local/${name}:1`;
export const PAUSE = image('pause');
/** A shell with nc, ping and nslookup, as Alpine's has. */
export const BUSYBOX = image('busybox');
/** One static program: no shell, no tool. */
export const DISTROLESS = image('distroless');
/** bash, curl, dig, getent, nc and more, as a debugging image has. */
export const TOOLS = image('tools');
/** What images of Alpine have: busybox, and a C library that is not glibc. */
export const MUSL = image('musl');
/** Nothing but links into /usr: with the node's /usr as hostPath every program of the node runs in a pod. */
const HOSTTOOLS = image('hosttools');

/** Named as users know them. Those of kube-proxy and flannel are as empty as hosttools: see their manifests. */
const COREDNS = 'registry.k8s.io/coredns/coredns:v1.12.4';
const CNI_PLUGIN = 'ghcr.io/flannel-io/flannel-cni-plugin:v1.9.1-flannel1';
const KUBE_PROXY = 'registry.k8s.io/kube-proxy:v1.34.4';
const FLANNEL = 'ghcr.io/flannel-io/flannel:v0.28.4';
const NODE_CACHE = 'registry.k8s.io/dns/k8s-dns-node-cache:1.26.4';
const METALLB_CONTROLLER = 'quay.io/metallb/controller:v0.15.2';
const METALLB_SPEAKER = 'quay.io/metallb/speaker:v0.15.2';
const METRICS_SERVER = 'registry.k8s.io/metrics-server/metrics-server:v0.9.0';

const ENTRYPOINTS: Record<string, string> = {
  [PAUSE]: '/pause',
  [COREDNS]: '/coredns',
  [DISTROLESS]: '/serve',
  [NODE_CACHE]: '/node-cache',
  [METALLB_CONTROLLER]: '/controller',
  [METALLB_SPEAKER]: '/speaker',
  [METRICS_SERVER]: '/metrics-server',
};

type Fill = (root: string) => Promise<void>;

export async function makeImages(dir: string, programs: Programs): Promise<void> {
  const contents: Record<string, Fill> = {
    [PAUSE]: async (root) =>
      void (await must(['gcc', '-static', '-O2', '-o', `${root}/pause`, join(import.meta.dirname, 'pause.c')])),
    [COREDNS]: (root) => copyFile(programs.coredns, `${root}/coredns`),
    [DISTROLESS]: (root) => copyFile(programs.serve, `${root}/serve`),
    [BUSYBOX]: (root) => fillBusybox(root, programs),
    [TOOLS]: (root) => fillTools(root, programs),
    [MUSL]: (root) => fillMusl(root, programs),
    [HOSTTOOLS]: fillHosttools,
    [KUBE_PROXY]: fillHosttools,
    [FLANNEL]: fillHosttools,
    [CNI_PLUGIN]: async (root) => {
      await fillBusybox(root, programs);
      await copyFile(programs['flannel-cni'], `${root}/flannel`);
    },
    // It calls iptables, and takes the node's.
    [NODE_CACHE]: async (root) => {
      await fillHosttools(root);
      await copyFile(programs['node-cache'], `${root}/node-cache`);
    },
    [METALLB_CONTROLLER]: (root) => copyFile(programs['metallb-controller'], `${root}/controller`),
    [METALLB_SPEAKER]: (root) => copyFile(programs['metallb-speaker'], `${root}/speaker`),
    [METRICS_SERVER]: (root) => copyFile(programs['metrics-server'], `${root}/metrics-server`),
  };
  await Promise.all(Object.entries(contents).map(([name, fill]) => makeImage(dir, name, fill)));
}

async function makeImage(dir: string, name: string, fill: Fill): Promise<void> {
  const file = join(dir, name.replaceAll(/[/:]/g, '_'));
  const root = `${file}.rootfs`;
  for (const folder of ['tmp', 'etc']) await mkdir(join(root, folder), { recursive: true });
  await fill(root);
  await writeArchive({ name, entrypoint: ENTRYPOINTS[name] ?? '/bin/sh' }, root, `${file}.tar`);
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

const LOADERS = '/lib/ld-musl-*.so.1';

async function fillMusl(root: string, programs: Programs): Promise<void> {
  await fillBusybox(root, programs);
  for (const folder of ['lib', 'usr/bin']) await mkdir(join(root, folder), { recursive: true });
  for (const loader of globSync(LOADERS)) await cp(loader, join(root, loader), { dereference: true });
  await must(['musl-gcc', '-O2', '-o', `${root}/usr/bin/getent`, join(import.meta.dirname, 'getent.c')]);
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
    const source = await findTool(name);
    await cp(source, join(root, 'bin', name.split('.')[0] ?? name), { dereference: true });
    await copyLibraries(root, source);
  }
}

// A shell's own command, as echo is one, has no path.
async function findTool(name: string): Promise<string> {
  const path = (await must(['sh', '-c', 'command -v "$1"', 'find', name])).trim();
  return path.startsWith('/') ? path : `/usr/bin/${name}`;
}

/** Changes when anything changes that the images are made of. */
export async function imagesKey(programs: Programs): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['images.ts', 'archive.ts', 'pause.c', 'getent.c'])
    hash.update(await readFile(join(import.meta.dirname, file)));
  const inside = [
    'coredns',
    'serve',
    'flannel-cni',
    'node-cache',
    'metallb-controller',
    'metallb-speaker',
    'metrics-server',
  ] as const;
  // Its bytes, not its sources: what one program of a module needs changes the go.mod of all.
  for (const name of inside) hash.update(await readFile(programs[name]));
  for (const name of ['busybox', 'containerd', ...TOOL_NAMES]) {
    const { size, mtimeMs } = await stat(await findTool(name));
    hash.update(`${name} ${size} ${mtimeMs}\0`);
  }
  return hash.digest('hex').slice(0, 16);
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
