import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { must } from './run.ts';

const KEY = 'fs.inotify.max_user_instances';
/** A lab takes about thirty: kubelets, kube-proxies, containerds. The usual 128 of the whole machine end with the third lab. */
const ENOUGH = 1024;
/** What it was, on a file system that a restart of the machine empties as it does the setting. */
const BEFORE = '/run/net-triage-lab.inotify';

export async function raiseLimits(): Promise<void> {
  const now = Number(await must(['sysctl', '-n', KEY]));
  if (now >= ENOUGH) return;
  if (!existsSync(BEFORE)) writeFileSync(BEFORE, String(now));
  await must(['sysctl', '-qw', `${KEY}=${ENOUGH}`]);
}

/** Puts back what `raiseLimits` changed, unless another lab still needs it. */
export async function restoreLimits(): Promise<void> {
  const others = existsSync('/run/netns') ? readdirSync('/run/netns') : [];
  if (!existsSync(BEFORE) || others.some((name) => name.endsWith('-underlay'))) return;
  await must(['sysctl', '-qw', `${KEY}=${readFileSync(BEFORE, 'utf8').trim()}`]);
  rmSync(BEFORE);
}
