import type { Kubectl } from '../cluster/kubectl.ts';
import { eventually } from '../machine/eventually.ts';

/** A Service that goes with its namespace makes kube-proxy write its rules again, and heals what the next fault broke. */
export async function quiet(kubectl: Kubectl): Promise<void> {
  const none = async () => {
    const left = await leaving(kubectl);
    if (left.length > 0) throw new Error(left.join('; '));
    return true;
  };
  await eventually('no namespace is on its way out', none, { timeoutMs: 120_000, everyMs: 500 });
}

interface Leaving {
  metadata: { name: string };
  status: { phase: string; conditions?: { type: string; status: string; message: string }[] };
}

/** Each with what it still waits for, in the words of its controller. */
async function leaving(kubectl: Kubectl): Promise<string[]> {
  const { items } = JSON.parse(await kubectl.must(['get', 'namespaces', '-o', 'json'])) as { items: Leaving[] };
  return items
    .filter(({ status }) => status.phase === 'Terminating')
    .map(({ metadata, status: { conditions = [] } }) => {
      const waits = conditions.filter(({ status }) => status === 'True').map(({ message }) => message);
      return [metadata.name, ...waits].join(': ');
    });
}
