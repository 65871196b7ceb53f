import type { Kubectl } from '../cluster/kubectl.ts';
import { eventually } from '../machine/eventually.ts';
import type { Change, Condition, Fault } from './fault.ts';
import { namespace } from './manifest.ts';
import { proveFailing, proveWorking } from './traffic.ts';

const SLOW = { timeoutMs: 90_000, everyMs: 200 };

/** Brings the working state up and proves it with real traffic. */
export async function prepare(kubectl: Kubectl, fault: Fault): Promise<void> {
  await kubectl.apply([namespace(fault.namespace)]);
  // The admission of a pod refuses it until the namespace has its service account.
  await eventually('the default service account', () =>
    kubectl.must(['-n', fault.namespace, 'get', 'sa', 'default', '-o', 'name']),
  );
  await kubectl.apply(fault.objects);
  if (fault.objects.some(({ kind }) => kind === 'Deployment')) {
    await kubectl.must([
      '-n',
      fault.namespace,
      'wait',
      '--for=condition=Available',
      'deploy',
      '--all',
      '--timeout=90s',
    ]);
  }
  await proveWorking(kubectl, fault);
}

export async function inject(kubectl: Kubectl, fault: Fault): Promise<void> {
  for (const change of fault.inject) await make(kubectl, fault, change);
  if (fault.symptom.fails === 'never') await proveWorking(kubectl, fault);
  else await proveFailing(kubectl, fault);
  if (fault.until) await reach(kubectl, fault, fault.until);
}

export async function heal(kubectl: Kubectl, fault: Fault): Promise<void> {
  for (const change of fault.heal ?? [{ apply: fault.objects }]) await make(kubectl, fault, change);
  await proveWorking(kubectl, fault);
}

export async function cleanUp(kubectl: Kubectl, fault: Fault): Promise<void> {
  await kubectl.run(['delete', 'namespace', fault.namespace, '--wait=false', '--ignore-not-found']);
}

async function make(kubectl: Kubectl, fault: Fault, change: Change): Promise<void> {
  const there = ['-n', fault.namespace];
  if ('apply' in change) return kubectl.apply(change.apply);
  if ('recreate' in change) {
    const list = { apiVersion: 'v1', kind: 'List', items: change.recreate };
    return void (await kubectl.must(['replace', '--force', '-f', '-'], { input: JSON.stringify(list) }));
  }
  if ('remove' in change)
    return void (await kubectl.must([...there, 'delete', ...change.remove.split(' '), '--wait=false']));
  if ('removeOne' in change) {
    const [pod = ''] = await podsWith(kubectl, fault, change.removeOne);
    return void (await kubectl.must([...there, 'delete', pod, '--wait=false']));
  }
  for (const pod of await podsWith(kubectl, fault, change.inPods))
    await kubectl.must([...there, 'exec', pod, '--', ...change.run]);
}

async function podsWith(kubectl: Kubectl, fault: Fault, label: string): Promise<string[]> {
  return (await kubectl.must(['-n', fault.namespace, 'get', 'pods', '-l', label, '-o', 'name'])).trim().split('\n');
}

async function reach(kubectl: Kubectl, fault: Fault, { get, shows }: Condition): Promise<void> {
  const seen = async () => shows.test(await kubectl.must(['-n', fault.namespace, 'get', ...get]));
  await eventually(`kubectl get ${get.join(' ')} shows ${shows}`, seen, SLOW);
}
