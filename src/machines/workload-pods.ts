import type { EndOf } from '../domain/flow.js';
import type { JsonObject } from '../domain/json.js';
import type { KubeObject } from '../domain/kinds.js';
import { nameOf } from '../domain/name-of.js';
import { isFinished } from '../domain/pod-state.js';
import type { World } from '../domain/ports.js';
import { IntakeProblem } from './choose-runbook.js';

type Pod = KubeObject<'pods'>;

const isReady = ({ status }: Pod) =>
  status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false;

/** Unhealthy ones first; among equals, one of every node before a second of any. */
const inOrder = (pods: readonly Pod[]): Pod[] => {
  const named = pods.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return [false, true].flatMap((ready) => {
    const byNode = [
      ...Map.groupBy(
        named.filter((pod) => isReady(pod) === ready),
        ({ spec }) => spec?.nodeName ?? '',
      ).values(),
    ];
    const rounds = Math.max(...byNode.map(({ length }) => length), 0);
    return Array.from({ length: rounds }, (_, round) => byNode.flatMap((one) => one[round] ?? [])).flat();
  });
};

/**
 * The names of up to three Pods of a workload, the one to look from first.
 * Throws `IntakeProblem` when there is no such workload, or none of its Pods can be looked from.
 */
export const podsOfWorkload = async (world: World, end: EndOf<'workload'>, signal: AbortSignal): Promise<string[]> => {
  const { of: kind, namespace, name } = end;
  const answer = await world.ask({ port: 'kube', verb: 'get', kind, namespace, name }, signal);
  const found = answer as KubeObject<typeof kind> | null;
  if (!found) throw new IntakeProblem(`There is no ${kind.replace(/s$/, '')} ${namespace}/${name}.`);
  const labels = found.spec?.selector?.matchLabels;
  // A selector of expressions alone would otherwise list every Pod of the namespace.
  if (!labels || Object.keys(labels).length === 0)
    throw new IntakeProblem(
      `${kind} ${namespace}/${name} selects its Pods by expressions; name one of them, pod/${namespace}/POD.`,
    );
  const listed: JsonObject[] = await world.ask({ port: 'kube', verb: 'list', kind: 'pods', namespace, labels }, signal);
  const pods = (listed as unknown as Pod[]).filter((pod) => !isFinished(pod));
  if (pods.length === 0) throw new IntakeProblem(`${kind} ${namespace}/${name} has no Pod to look from.`);
  return inOrder(pods).map(nameOf).slice(0, 3);
};
