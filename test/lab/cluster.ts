import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

// To be run where the API server can be reached: ip netns exec nl-bastion npx vitest run --project lab
/** Of the lab that is up. */
export const folder = resolve(process.env.LAB_DIR ?? '.lab');
export const kubeconfig = (user = 'admin') => `${folder}/${user}.kubeconfig`;
export const isUp = existsSync(kubeconfig());

export const kubectl = (args: readonly string[], input = '') =>
  execFileSync(process.execPath, ['lab/lab.ts', 'kubectl', ...args], { input, stdio: ['pipe', 'pipe', 'ignore'] })
    .toString()
    .trim();

export const apply = (items: readonly object[], more: readonly string[] = []) =>
  kubectl([...more, 'apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
