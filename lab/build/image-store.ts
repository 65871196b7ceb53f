import { existsSync, globSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startDaemon } from '../machine/daemon.ts';
import { eventually } from '../machine/eventually.ts';
import { must, run } from '../machine/run.ts';
import { imagesKey, makeImages, PAUSE } from './images.ts';
import { builtAlone, cacheRoot, type Programs } from './programs.ts';

/**
 * A containerd root with every image unpacked, made once per content of the images: importing them on each of three
 * nodes takes ten seconds and more, taking them over by hard links takes none.
 */
export async function makeImageStore(programs: Programs): Promise<string> {
  // Reading all of them for their key takes a minute where each system call takes ten times as long.
  if (process.env.LAB_IMAGES) return process.env.LAB_IMAGES;
  const dir = join(cacheRoot(), `images-${await imagesKey(programs)}`);
  // Two labs that start together need the same, and the one that waits finds it done.
  if (!existsSync(dir)) await builtAlone(async () => existsSync(dir) || (await buildInto(dir, programs)));
  return dir;
}

async function buildInto(dir: string, programs: Programs): Promise<void> {
  // Whoever was killed while building left 300 MB.
  for (const half of globSync(join(cacheRoot(), 'images-*.part'))) await rm(half, { recursive: true });
  const part = `${dir}.part`;
  await mkdir(join(part, 'archives'), { recursive: true });
  await makeImages(join(part, 'archives'), programs);
  await importInto(part);
  await rename(join(part, 'root'), dir);
  await rm(part, { recursive: true });
}

async function importInto(part: string): Promise<void> {
  await writeFile(join(part, 'config.toml'), containerdConfig(join(part, 'root'), join(part, 'state')));
  // It ends with this program, however that ends, and its mounts with it.
  const alone = ['setpriv', '--pdeathsig', 'KILL', 'unshare', '--mount', '--pid', '--fork', '--kill-child=KILL'];
  const daemon = startDaemon(join(part, 'containerd.log'), [
    ...alone,
    '--mount-proc',
    'containerd',
    '--config',
    join(part, 'config.toml'),
  ]);
  const ctr = ['ctr', '--address', join(part, 'state/containerd.sock'), '--namespace', 'k8s.io'];
  const answers = async () => (await run([...ctr, 'version'])).code === 0;
  await eventually('the containerd that unpacks the images', answers, { timeoutMs: 15_000, hope: daemon.alive });
  // One after the other: side by side they wait for a lock on a name that all archives have in common.
  for (const file of await readdir(join(part, 'archives')))
    await must([...ctr, 'images', 'import', join(part, 'archives', file)]);
  // Its databases are written in transactions, and unshare would keep a gentler signal to itself.
  process.kill(daemon.pid, 'SIGKILL');
  await eventually('the containerd that unpacks the images ends', () => !daemon.alive());
}

// restrict_oom_score_adj: without CAP_SYS_RESOURCE no process may go below 0, and every container would fail to start.
export const containerdConfig = (root: string, state: string) => `version = 2
root = '${root}'
state = '${state}'
[grpc]
  address = '${state}/containerd.sock'
[plugins.'io.containerd.grpc.v1.cri']
  sandbox_image = '${PAUSE}'
  restrict_oom_score_adj = true
  [plugins.'io.containerd.grpc.v1.cri'.cni]
    bin_dir = '/opt/cni/bin'
[plugins.'io.containerd.internal.v1.opt']
  path = '${state}/opt'
`;
