import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../machine/run.ts';
import { type Argv, at, type Ground, type Place } from '../scenario/place.ts';
import { NETWORK_PROGRAMS, NODE_PROGRAMS, VERSIONS } from './programs.ts';
import type { Shot } from './shots.ts';

/** One recorded output, as the index beside the files tells it. */
export interface Recorded {
  file: string;
  argv: Argv;
  code: number;
  profile: string;
  state: string;
  place: string;
}

/** Only what was printed goes into the file, so that a test reads what the program reads. */
export async function take(ground: Ground, shot: Shot, folder: string): Promise<Recorded[]> {
  const own = shot.programs.map((name): [string, Argv] => [name, NODE_PROGRAMS[name]]);
  const recorded = await record(ground, { shot, place: { node: shot.node }, programs: own, folder });
  if (!shot.pod) return recorded;
  const place: Place = { netOf: shot.pod.name, namespace: shot.pod.namespace };
  const programs = Object.entries(NETWORK_PROGRAMS) as [string, Argv][];
  return [...recorded, ...(await record(ground, { shot, place, programs, folder }))];
}

interface Order {
  shot: Shot;
  place: Place;
  programs: readonly (readonly [string, Argv])[];
  folder: string;
}

async function record(ground: Ground, { shot, place, programs, folder }: Order): Promise<Recorded[]> {
  const state = shot.fault ?? 'healthy';
  const where = 'node' in place ? place.node : 'pod';
  const below = join(shot.profile, state, where);
  mkdirSync(join(folder, below), { recursive: true });
  return Promise.all(
    programs.map(async ([name, argv]) => {
      const { code, stdout, stderr } = await run(await at(ground, place, argv), { timeoutMs: 20_000 });
      const file = join(below, name);
      // What a program says when it cannot is what a parser meets as well.
      writeFileSync(join(folder, file), code === 0 ? stdout : stdout + stderr);
      return { file, argv, code, profile: shot.profile, state, place: where };
    }),
  );
}

export async function versionsOn(ground: Ground, node: string): Promise<Record<string, string>> {
  const said = Object.entries(VERSIONS).map(async ([name, argv]) => {
    const { stdout, stderr } = await run(await at(ground, { node }, argv));
    return [name, (stdout || stderr).trim().split('\n')[0] ?? ''];
  });
  return Object.fromEntries(await Promise.all(said)) as Record<string, string>;
}
