import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { PAUSE } from '../build/images.ts';
import { eventually } from '../machine/eventually.ts';
import { run } from '../machine/run.ts';
import { enter, inNode, type Node, onNode, startOnNode } from './node.ts';
import type { Lab } from './plan.ts';

/** One containerd per node. It pulls nothing: all images are imported from archives. */
export async function startContainerd(lab: Lab, node: Node): Promise<void> {
  const root = `${lab.dir}/containerd/${node.name}`;
  await mkdir(root, { recursive: true });
  await writeFile(inNode(node.pid, '/etc/containerd/config.toml'), config(root));
  const daemon = startOnNode(lab, node, ['containerd']);
  const answers = async () => (await run(enter(node.pid, ['ctr', 'version']))).code === 0;
  await eventually(`containerd of ${node.name}`, answers, { timeoutMs: 15_000, hope: daemon.alive });
  const archives = (await readdir(`${lab.dir}/images`)).filter((file) => file.endsWith('.tar'));
  await Promise.all(
    archives.map((file) => onNode(node, ['ctr', '-n', 'k8s.io', 'images', 'import', `${lab.dir}/images/${file}`])),
  );
}

// restrict_oom_score_adj: without CAP_SYS_RESOURCE no process may go below 0, and every container would fail to start.
const config = (root: string) => `version = 2
root = '${root}'
state = '/run/containerd'
[grpc]
  address = '/run/containerd/containerd.sock'
[plugins.'io.containerd.grpc.v1.cri']
  sandbox_image = '${PAUSE}'
  restrict_oom_score_adj = true
  [plugins.'io.containerd.grpc.v1.cri'.cni]
    bin_dir = '/usr/lib/cni'
[plugins.'io.containerd.internal.v1.opt']
  path = '/run/containerd/opt'
`;
