import { startDaemon } from '../machine/daemon.ts';
import { eventually } from '../machine/eventually.ts';
import { must } from '../machine/run.ts';
import { type Facts, readFacts } from './facts.ts';
import type { Manifest } from './manifest.ts';
import { type Argv, at, type Ground, type Place } from './place.ts';
import type { Undo } from './undo.ts';

export type Change =
  | { apply: readonly Manifest[] }
  /** For what cannot be changed in place, such as the cluster IP of a Service. */
  | { recreate: readonly Manifest[] }
  | { remove: string }
  /** Deletes one of the pods with this label and does not wait for its end. */
  | { removeOne: string }
  | { inPods: string; run: Argv }
  | { at: Place; run: Argv | ((facts: Facts) => Argv) }
  /** As `at`, but goes on until the fault is healed. */
  | { at: Place; keep: Argv | ((facts: Facts) => Argv) }
  | { kubectl: Argv | ((facts: Facts) => Argv) }
  /** Deletes the pods of a system program, on one node or on all, and waits until their successors are ready. */
  | { restart: 'kube-proxy' | 'flannel' | 'coredns' | 'kube-router'; node?: string }
  /** Of the whole machine, so of every lab on it; put back when the fault is over, whatever happens. */
  | { sysctl: Readonly<Record<string, string>> }
  | { wait: Condition };

export interface Condition {
  get: Argv;
  shows: RegExp;
}

const SLOW = { timeoutMs: 90_000, everyMs: 200 };

type Maker<C> = (ground: Ground, change: C, undo: Undo) => Promise<unknown>;

export async function make(ground: Ground, change: Change, undo: Undo): Promise<void> {
  const { kubectl, namespace } = ground;
  if ('apply' in change) await kubectl.apply(change.apply);
  else if ('recreate' in change) {
    const list = { apiVersion: 'v1', kind: 'List', items: change.recreate };
    await kubectl.must(['replace', '--force', '-f', '-'], { input: JSON.stringify(list) });
  } else if ('remove' in change)
    await kubectl.must(['-n', namespace, 'delete', ...change.remove.split(' '), '--wait=false']);
  else if ('wait' in change) await reach(ground, change.wait);
  else if ('restart' in change) await restart(ground, change);
  else if ('sysctl' in change) await setOfMachine(ground, change, undo);
  else if ('kubectl' in change) await kubectl.must(await argvOf(ground, change.kubectl));
  else await makeInPlaces(ground, change, undo);
}

type InPlaces = Extract<Change, { removeOne: string } | { inPods: string } | { at: Place }>;

const makeInPlaces: Maker<InPlaces> = async (ground, change, undo) => {
  const { kubectl, namespace } = ground;
  if ('removeOne' in change) {
    const [pod = ''] = await podsWith(ground, change.removeOne);
    await kubectl.must(['-n', namespace, 'delete', pod, '--wait=false']);
  } else if ('inPods' in change) {
    for (const pod of await podsWith(ground, change.inPods))
      await kubectl.must(['-n', namespace, 'exec', pod, '--', ...change.run]);
  } else if ('keep' in change) {
    const argv = await at(ground, change.at, await argvOf(ground, change.keep));
    const { pid } = startDaemon(`${ground.lab.dir}/logs/${namespace}.keep.log`, argv);
    undo.add(['kill', '--', `-${pid}`]);
  } else await must(await at(ground, change.at, await argvOf(ground, change.run)));
};

async function argvOf(ground: Ground, argv: Argv | ((facts: Facts) => Argv)): Promise<Argv> {
  return typeof argv === 'function' ? argv(await readFacts(ground)) : argv;
}

const setOfMachine: Maker<Extract<Change, { sysctl: unknown }>> = async (_, { sysctl }, undo) => {
  for (const [key, value] of Object.entries(sysctl)) {
    const before = (await must(['sysctl', '-n', key])).trim();
    undo.add(['sysctl', '-qw', `${key}=${before}`]);
    await must(['sysctl', '-qw', `${key}=${value}`]);
  }
};

export async function podsWith({ kubectl, namespace }: Ground, label: string): Promise<string[]> {
  return (await kubectl.must(['-n', namespace, 'get', 'pods', '-l', label, '-o', 'name'])).trim().split('\n');
}

const SYSTEM = {
  'kube-proxy': { namespace: 'kube-system', label: 'k8s-app=kube-proxy', owner: 'ds/kube-proxy' },
  flannel: { namespace: 'kube-flannel', label: 'app=flannel', owner: 'ds/kube-flannel-ds' },
  coredns: { namespace: 'kube-system', label: 'k8s-app=kube-dns', owner: 'deploy/coredns' },
  'kube-router': { namespace: 'kube-system', label: 'k8s-app=kube-router', owner: 'ds/kube-router' },
};

async function restart({ kubectl }: Ground, change: Extract<Change, { restart: string }>): Promise<void> {
  const { namespace, label, owner } = SYSTEM[change.restart];
  const where = change.node ? ['--field-selector', `spec.nodeName=${change.node}`] : [];
  await kubectl.must(['-n', namespace, 'delete', 'pods', '-l', label, ...where, '--grace-period=1']);
  await kubectl.must(['-n', namespace, 'rollout', 'status', owner, '--timeout=60s']);
}

export async function reach({ kubectl, namespace }: Ground, { get, shows }: Condition): Promise<void> {
  const seen = async () => shows.test(await kubectl.must(['-n', namespace, 'get', ...get]));
  await eventually(`kubectl get ${get.join(' ')} shows ${shows}`, seen, SLOW);
}
