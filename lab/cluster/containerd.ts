import { globSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { containerdConfig } from '../build/image-store.ts';
import { eventually } from '../machine/eventually.ts';
import { must, run } from '../machine/run.ts';
import { enter, inNode, type Node, startOnNode } from './node.ts';
import type { Lab } from './plan.ts';

/** One containerd per node. It pulls nothing: all images are there already. */
export async function startContainerd(lab: Lab, node: Node, images: string): Promise<void> {
  const root = `${lab.dir}/containerd/${node.name}`;
  await takeOver(images, root);
  await writeFile(inNode(node.pid, '/etc/containerd/config.toml'), containerdConfig(root, '/run/containerd'));
  const daemon = startOnNode(lab, node, ['containerd']);
  const answers = async () => (await run(enter(node.pid, ['ctr', 'version']))).code === 0;
  await eventually(`containerd of ${node.name}`, answers, { timeoutMs: 15_000, hope: daemon.alive });
}

// What is unpacked is never written to, so nodes and labs share it; a database is, so each has its own.
async function takeOver(images: string, root: string): Promise<void> {
  await mkdir(root, { recursive: true });
  const linked = await run(['cp', '--archive', '--link', `${images}/.`, root]);
  if (linked.code !== 0) await must(['cp', '--archive', `${images}/.`, root]); // another file system
  for (const file of globSync(join(images, '**/*.db'))) {
    const own = join(root, relative(images, file));
    await rm(own);
    await copyFile(file, own);
  }
}
