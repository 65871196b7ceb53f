import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { alone } from '../machine/alone.ts';
import { must, run } from '../machine/run.ts';

const SOURCES = join(import.meta.dirname, '../go');
const VERSION = 'k8s.io/component-base/version';

/** Go package of each program, as folder of its module, and folder within it or package of a module that it requires. */
const PACKAGES = {
  /** etcd, API server, controllers, scheduler, kubelet, kube-proxy and kubectl in one file. */
  kube: ['kube', 'cmd/kube'],
  coredns: ['kube', 'cmd/coredns'],
  flanneld: ['flanneld', '.'],
  'flannel-cni': ['standins', 'flannel-cni'],
  policy: ['standins', 'policy'],
  ingress: ['standins', 'ingress'],
  'node-cache': ['kube', 'cmd/node-cache'],
  'metallb-controller': ['metallb', 'go.universe.tf/metallb/controller'],
  'metallb-speaker': ['metallb', 'go.universe.tf/metallb/speaker'],
  'metrics-server': ['metrics', 'sigs.k8s.io/metrics-server/cmd/metrics-server'],
  serve: ['serve', '.'],
  /** For `lab/loki.ts` alone. */
  loki: ['loki', 'github.com/grafana/loki/v3/cmd/loki'],
  /** For `lab/gateway.ts` alone. */
  traefik: ['gateway', 'github.com/traefik/traefik/v3/cmd/traefik'],
} as const satisfies Record<string, readonly [module: string, folder: string]>;

type Name = keyof typeof PACKAGES;

/** Each alone takes as long to build as half of the lab. */
const SELDOM = ['loki', 'traefik'] as const;
type Usual = Exclude<Name, (typeof SELDOM)[number]>;

/** Path of each program. */
export type Programs = Record<Usual, string>;

/** Built once per content of its sources, the largest about five minutes from empty caches on two cores, and kept outside the tree. */
export async function buildPrograms(): Promise<Programs> {
  const paths: Partial<Programs> = {};
  // One after the other: each build takes all cores by itself.
  for (const name of usual) paths[name] = await build(name);
  return paths as Programs;
}

const usual = (Object.keys(PACKAGES) as Name[]).filter((name): name is Usual => !SELDOM.some((one) => one === name));

export const buildLoki = (): Promise<string> => build('loki');
export const buildTraefik = (): Promise<string> => build('traefik');

async function build(name: Name): Promise<string> {
  const dir = join(cacheRoot(), `${name}-${contentHash(name)}`);
  // Labs that start together would compile the same packages side by side; the one that waits finds them done.
  if (!existsSync(dir)) await builtAlone(async () => existsSync(dir) || (await buildInto(dir, name)));
  return join(dir, name);
}

export const cacheRoot = () => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'net-triage-lab');

/** Does `work` while nobody else of this machine builds anything for a lab. */
export async function builtAlone<T>(work: () => Promise<T>): Promise<T> {
  await mkdir(cacheRoot(), { recursive: true });
  return alone(join(cacheRoot(), 'building'), work);
}

function contentHash(name: Name): string {
  const [module, folder] = PACKAGES[name];
  const hash = createHash('sha256');
  const files = [...globSync('go.{mod,sum}', { cwd: join(SOURCES, module) }), ...sourcesOf(name)];
  for (const file of files.toSorted())
    hash.update(`${folder}/${file}\0`).update(readFileSync(join(SOURCES, module, file)));
  return hash.digest('hex').slice(0, 16);
}

function sourcesOf(name: Name): string[] {
  const [module, folder] = PACKAGES[name];
  return globSync(join(folder, '**/*.{go,conf,tmpl}'), { cwd: join(SOURCES, module) });
}

async function buildInto(dir: string, name: Name): Promise<void> {
  const [module, folder] = PACKAGES[name];
  const cwd = join(SOURCES, module);
  const go = await findGo();
  // What is not whole is not found.
  const part = `${dir}.part`;
  await mkdir(part, { recursive: true });
  const env = { ...process.env, CGO_ENABLED: '0' };
  const link = `-s -w ${await kubernetesStamp(go, cwd)}`;
  const output = join(part, name);
  const target = existsSync(join(cwd, folder)) ? `./${folder}` : folder;
  await must([go, 'build', '-trimpath', '-buildvcs=false', '-ldflags', link, '-o', output, target], { cwd, env });
  await rename(part, dir);
}

// Kubernetes programs say their version from what the linker wrote there.
async function kubernetesStamp(go: string, cwd: string): Promise<string> {
  const { code, stdout } = await run([go, 'list', '-m', '-f', '{{.Version}}', 'k8s.io/kubernetes'], { cwd });
  const [version, major, minor] = /^v(\d+)\.(\d+)\S*/.exec(stdout) ?? [];
  if (code !== 0 || !version) return '';
  return `-X ${VERSION}.gitVersion=${version} -X ${VERSION}.gitMajor=${major} -X ${VERSION}.gitMinor=${minor}`;
}

export async function findGo(): Promise<string> {
  for (const go of ['go', '/usr/local/go/bin/go']) {
    const { code, stdout } = await run([go, 'env', 'GOVERSION']);
    const minor = Number(/^go1\.(\d+)/.exec(stdout)?.[1] ?? 0);
    if (code === 0 && minor >= 26) return go;
  }
  throw new Error('the lab builds Kubernetes from source and needs Go 1.26 or later on the PATH or in /usr/local/go');
}

/** Where the source of what a module of `lab/go` requires lies, downloaded if it has to be: manifests come with it. */
export async function folderOfDependency(module: string, dependency: string): Promise<string> {
  const download = [await findGo(), 'mod', 'download', '-json', dependency];
  return (JSON.parse(await must(download, { cwd: join(SOURCES, module) })) as { Dir: string }).Dir;
}
