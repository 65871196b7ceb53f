import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { must } from './run.ts';

/** A setting of the whole machine that has to be larger than usual while somebody needs it. */
export interface Limit {
  key: string;
  enough: number;
  /** Whether somebody still runs who needs it as large. */
  needed(): boolean;
}

const underlays = () => (existsSync('/run/netns') ? readdirSync('/run/netns') : []);

/** A lab takes about thirty: kubelets, kube-proxies, containerds. The usual 128 of the whole machine end with the third lab. */
const WATCHERS: Limit = {
  key: 'fs.inotify.max_user_instances',
  enough: 1024,
  needed: () => underlays().some((name) => name.endsWith('-underlay')),
};

/** What it was, on a file system that a restart of the machine empties as it does the setting. */
const before = ({ key }: Limit) => `/run/net-triage-lab.${key}`;

export async function raise(limit: Limit): Promise<void> {
  const now = Number(await must(['sysctl', '-n', limit.key]));
  if (now >= limit.enough) return;
  if (!existsSync(before(limit))) writeFileSync(before(limit), String(now));
  await must(['sysctl', '-qw', `${limit.key}=${limit.enough}`]);
}

/** Puts back what `raise` changed, also that of a program that was killed, unless another still needs it. */
export async function restore(limit: Limit): Promise<void> {
  const file = before(limit);
  if (!existsSync(file) || limit.needed()) return;
  await must(['sysctl', '-qw', `${limit.key}=${readFileSync(file, 'utf8').trim()}`]);
  rmSync(file);
}

export const raiseLimits = () => raise(WATCHERS);
export const restoreLimits = () => restore(WATCHERS);
