import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { must, run } from '../machine/run.ts';

const SOURCES = join(import.meta.dirname, '../go');
const VERSION = 'k8s.io/component-base/version';

export interface Programs {
  /** etcd, API server, controllers, scheduler, kubelet, kube-proxy and kubectl in one file. */
  kube: string;
  coredns: string;
  flanneld: string;
  serve: string;
}

/** Built once per content of lab/go, about six minutes from empty caches on two cores, and kept outside the tree. */
export async function buildPrograms(): Promise<Programs> {
  const dir = join(cacheRoot(), contentHash());
  if (!existsSync(dir)) await buildInto(dir);
  return {
    kube: join(dir, 'kube'),
    coredns: join(dir, 'coredns'),
    flanneld: join(dir, 'flanneld'),
    serve: join(dir, 'serve'),
  };
}

const cacheRoot = () => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'net-triage-lab');

function contentHash(): string {
  const hash = createHash('sha256');
  const files = globSync('**/{*.go,go.mod,go.sum}', { cwd: SOURCES }).toSorted();
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(SOURCES, file)));
  return hash.digest('hex').slice(0, 16);
}

// Two builds at once must not see each other's halves: each has its own folder, and the first to be complete wins.
async function buildInto(dir: string): Promise<void> {
  const go = await findGo();
  const part = `${dir}.${process.pid}`;
  await mkdir(part, { recursive: true });
  const version = (
    await must([go, 'list', '-m', '-f', '{{.Version}}', 'k8s.io/kubernetes'], { cwd: join(SOURCES, 'kube') })
  ).trim();
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
  const stamp = `-X ${VERSION}.gitVersion=${version} -X ${VERSION}.gitMajor=${major} -X ${VERSION}.gitMinor=${minor}`;
  const env = { ...process.env, CGO_ENABLED: '0' };
  for (const [module, target] of [
    ['serve', '.'],
    ['kube', './cmd/...'],
    ['flanneld', '.'],
  ] as const) {
    const argv = [go, 'build', '-trimpath', '-buildvcs=false', '-ldflags', `-s -w ${stamp}`, '-o', `${part}/`, target];
    await must(argv, { cwd: join(SOURCES, module), env });
  }
  await writeFile(join(part, 'version'), `${version}\n`);
  await rename(part, dir).catch(() => rm(part, { recursive: true }));
}

async function findGo(): Promise<string> {
  for (const go of ['go', '/usr/local/go/bin/go']) {
    const { code, stdout } = await run([go, 'env', 'GOVERSION']);
    const minor = Number(/^go1\.(\d+)/.exec(stdout)?.[1] ?? 0);
    if (code === 0 && minor >= 25) return go;
  }
  throw new Error('the lab builds Kubernetes from source and needs Go 1.25 or later on the PATH or in /usr/local/go');
}
