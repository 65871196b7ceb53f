import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { type Kubeconfig, parseKubeconfig } from './kubeconfig-file.js';
import { KubeconfigProblem } from './kubeconfig-problem.js';

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Where a pod finds the token of its service account. */
  readonly serviceAccount?: string | undefined;
}

export interface FoundKubeconfig extends Kubeconfig {
  /** Every file that was looked for, in order, read or not. */
  readonly files: readonly string[];
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? String(error);

const textOf = async (file: string, mustExist: boolean) => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT')
      throw new KubeconfigProblem('unreadable', `The kubeconfig ${file} cannot be read (${codeOf(error)}).`);
    if (mustExist) throw new KubeconfigProblem('not-found', `The kubeconfig ${file} does not exist.`);
    return '';
  }
};

const firstWins = <T>(maps: readonly ReadonlyMap<string, T>[]) => new Map(maps.toReversed().flatMap((map) => [...map]));

/** Several kubeconfigs as one. As kubectl does it: whoever names a thing first has defined it. */
export const mergeKubeconfigs = (files: readonly Kubeconfig[]): Kubeconfig => ({
  current: files.find((file) => file.current !== undefined)?.current,
  clusters: firstWins(files.map((file) => file.clusters)),
  contexts: firstWins(files.map((file) => file.contexts)),
  users: firstWins(files.map((file) => file.users)),
});

const listed = ({ env, home }: Surroundings) => {
  const named = (env.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '');
  return named.length > 0 ? [...new Set(named)] : [join(home, '.kube', 'config')];
};

/**
 * Reads the file that `--kubeconfig` names, else the list of KUBECONFIG, else ~/.kube/config.
 * In the list, files that are missing or empty are passed over.
 */
export const readKubeconfig = async (explicit: string | undefined, around: Surroundings): Promise<FoundKubeconfig> => {
  const files = explicit === undefined ? listed(around) : [explicit];
  const read = async (file: string) => ({ file, text: await textOf(file, explicit !== undefined) });
  const texts = (await Promise.all(files.map(read))).filter(({ text }) => text.trim() !== '');
  return { ...mergeKubeconfigs(texts.map(({ file, text }) => parseKubeconfig(text, file, dirname(file)))), files };
};
