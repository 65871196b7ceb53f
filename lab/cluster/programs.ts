import { copyFile, link, rm } from 'node:fs/promises';
import type { Programs } from '../build/programs.ts';
import { bin, type Lab } from './plan.ts';

const IN_KUBE = ['kubelet', 'kube-proxy', 'kubectl'];

/** Every program under its own name, as `ps` and `ss` on a node shall show it, in a folder that pods can mount. */
export async function layOutPrograms(lab: Lab, programs: Programs): Promise<void> {
  for (const [name, file] of Object.entries(programs)) await place(file, bin(lab, name));
  for (const name of IN_KUBE) await place(bin(lab, 'kube'), bin(lab, name));
}

// The build cache may lie on another file system. What a killed `up` left is a link into it: never to be written to.
export async function place(file: string, at: string): Promise<void> {
  await rm(at, { force: true });
  await link(file, at).catch(() => copyFile(file, at));
}
