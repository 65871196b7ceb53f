import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { alone } from './alone.ts';

/** A setting of the whole machine that has to be larger than usual while somebody needs it. */
export interface Limit {
  /** Where the kernel shows it, and takes another. */
  file: string;
  enough: number;
  /** Whether somebody is there who needs it as large. Who raises it is there before: else another puts it back at once. */
  needed(): boolean;
  /** Where its value from before is kept; a file system that a restart of the machine empties as it does the setting. */
  keptIn?: string;
}

const underlays = () => (existsSync('/run/netns') ? readdirSync('/run/netns') : []);

/** A lab takes about thirty: kubelets, kube-proxies, containerds. The usual 128 of the whole machine end with the third lab. */
const WATCHERS: Limit = {
  file: '/proc/sys/fs/inotify/max_user_instances',
  enough: 1024,
  needed: () => underlays().some((name) => name.endsWith('-underlay')),
};

const before = ({ file, keptIn = '/run' }: Limit) => `${keptIn}/net-triage-lab.${basename(file)}`;

/** Two labs come and go at once: what one of them decides holds only while no other changes what it looked at. */
const turn = (limit: Limit, work: () => void) => alone(limit.file, work);

export function raise(limit: Limit): Promise<void> {
  return turn(limit, () => {
    const now = readFileSync(limit.file, 'utf8').trim();
    if (Number(now) >= limit.enough) return;
    if (!existsSync(before(limit))) writeFileSync(before(limit), now);
    writeFileSync(limit.file, String(limit.enough));
  });
}

/** Puts back what `raise` changed, also that of a program that was killed, unless another still needs it. */
export function restore(limit: Limit): Promise<void> {
  return turn(limit, () => {
    const kept = before(limit);
    if (!existsSync(kept) || limit.needed()) return;
    writeFileSync(limit.file, readFileSync(kept, 'utf8'));
    rmSync(kept);
  });
}

export const raiseLimits = () => raise(WATCHERS);
export const restoreLimits = () => restore(WATCHERS);
