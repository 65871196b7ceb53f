import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Kubectl } from './kubectl.ts';
import { bin, type Lab } from './plan.ts';

const FOLDER = join(import.meta.dirname, '../manifests');

/** Applies one file of `manifests/`; `@bin@` in it is the folder of the lab's programs. */
export async function applyManifest(lab: Lab, kubectl: Kubectl, file: string): Promise<void> {
  const text = await readFile(join(FOLDER, file), 'utf8');
  const input = text.replaceAll('@bin@', dirname(bin(lab, 'any')));
  await kubectl.must(['apply', '-f', '-'], { input });
}
