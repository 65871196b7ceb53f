import type { Kubectl } from '../cluster/kubectl.ts';
import { onNode } from '../cluster/node.ts';
import { type Lab, within } from '../cluster/plan.ts';
import { must } from '../machine/run.ts';

export type Argv = readonly string[];

/** Where a program runs. */
export type Place =
  /** By exec, so with what the image has. */
  | { pod: string; namespace?: string }
  /** In the network namespace of the pod, or of the first with a label such as `app=cart`, but with the programs of its node. */
  | { netOf: string; namespace?: string }
  | { node: string }
  | { net: 'ext' | 'bastion' | 'underlay' | 'cp' };

/** A lab that is up, and a namespace in it. */
export interface Ground {
  lab: Lab;
  kubectl: Kubectl;
  namespace: string;
}

export async function at(ground: Ground, place: Place, argv: Argv): Promise<string[]> {
  if ('net' in place) return [...within(ground.lab, place.net), ...argv];
  if ('node' in place) return onNode(ground.lab, place.node, argv);
  const namespace = place.namespace ?? ground.namespace;
  if ('pod' in place) return ground.kubectl.argv(['-n', namespace, 'exec', place.pod, '--', ...argv]);
  const { node, pid } = await processIn({ ...ground, namespace }, place.netOf);
  return onNode(ground.lab, node, ['nsenter', '-t', pid, '-n', '--', ...argv]);
}

// What containerd calls a task has the id of the container; its number is the one that processes of the node see.
async function processIn(ground: Ground, pod: string): Promise<{ node: string; pid: string }> {
  const [one, root] = pod.includes('=') ? [['-l', pod], '.items[0]'] : [[pod], ''];
  const path = `jsonpath={${root}.spec.nodeName} {${root}.status.containerStatuses[0].containerID}`;
  const said = await ground.kubectl.must(['-n', ground.namespace, 'get', 'pod', ...one, '-o', path]);
  const [node = '', id = ''] = said.split(' ');
  const tasks = await must(await onNode(ground.lab, node, ['ctr', '-n', 'k8s.io', 'tasks', 'list']));
  const pid = new RegExp(`^${id.replace('containerd://', '')}\\s+(\\d+)`, 'm').exec(tasks)?.[1];
  if (!pid) throw new Error(`no process of ${pod} on ${node}`);
  return { node, pid };
}
