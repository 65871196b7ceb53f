import type { Kubectl } from '../cluster/kubectl.ts';
import { onNode } from '../cluster/node.ts';
import { type Lab, NODES } from '../cluster/plan.ts';
import { eventually, PATIENCE } from '../machine/eventually.ts';
import { run } from '../machine/run.ts';
import type { Ground } from './place.ts';

/** A Service that goes with its namespace makes kube-proxy write its rules again, and heals what the next fault broke. */
export async function quiet({ lab, kubectl }: Omit<Ground, 'namespace'>): Promise<void> {
  await nothing('namespace is on its way out', () => leaving(kubectl));
  await nothing('name server is on its way out', () => endingServers(kubectl));
  await nothing('kube-proxy has rules to write', () => unwritten(lab));
}

async function nothing(what: string, look: () => Promise<string[]>): Promise<void> {
  const none = async () => {
    const left = await look();
    if (left.length > 0) throw new Error(left.join('; '));
    return true;
  };
  await eventually(`no ${what}`, none, { timeoutMs: 120_000, everyMs: 300 });
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

/** The last of a rollout takes its time, and its endpoint goes with it. */
async function endingServers(kubectl: Kubectl): Promise<string[]> {
  const listed = await kubectl.must(['-n', 'kube-system', 'get', 'pods', '-l', 'k8s-app=kube-dns', '-o', 'json']);
  const { items } = JSON.parse(listed) as { items: { metadata: { name: string; deletionTimestamp?: string } }[] };
  return items.filter(({ metadata }) => metadata.deletionTimestamp).map(({ metadata }) => metadata.name);
}

// kubeproxy_sync_proxy_rules_last_queued_timestamp_seconds{ip_family="IPv4"} 1.7952450240505931e+09
const time = /^kubeproxy_sync_proxy_rules_last_(queued_)?timestamp_seconds\{ip_family="(\w+)"\} (\S+)$/gm;

// Of what is asked for while rules are being written, one more write follows a second later, and no metric tells of it.
const REST = 3 * PATIENCE;

/** Whether rules are still to be written at this time, in seconds since 1970. */
export function isBehind(metrics: string, now: number): boolean {
  const times = [...metrics.matchAll(time)].map(([, queued, family, at]) => ({ queued, family, at: Number(at) }));
  const written = new Map(times.filter(({ queued }) => !queued).map(({ family, at }) => [family, at]));
  const isAsked = times.some(({ queued, family, at }) => queued && at > (written.get(family) ?? 0));
  return written.size === 0 || isAsked || now - Math.max(...written.values()) < REST;
}

async function unwritten(lab: Lab): Promise<string[]> {
  const asked = NODES.map(async ({ name }) => {
    const { stdout } = await run(await onNode(lab, name, ['curl', '-sS', '-m', '2', 'http://127.0.0.1:10249/metrics']));
    return isBehind(stdout, Date.now() / 1000) ? [name] : [];
  });
  return (await Promise.all(asked)).flat();
}
