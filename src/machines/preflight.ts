import type { Catalog, CatalogRunbook } from '../catalog/catalog.js';
import { CannotLook } from '../domain/cannot-look.js';
import type { End, EndOf, Flow } from '../domain/flow.js';
import type { JsonObject } from '../domain/json.js';
import type { Kind, KubeObject } from '../domain/kinds.js';
import { type Level, permits } from '../domain/level.js';
import type { World } from '../domain/ports.js';
import { isStepNode } from '../domain/runbook.js';
import { isAllowed, namespacesOf, rightsFor, writeRight } from './access.js';

/** The flow cannot be walked as asked: what is wrong, for the operator. */
export class IntakeProblem extends Error {
  override readonly name = 'IntakeProblem';
}

export interface Ready {
  readonly flow: Flow;
  readonly runbook: CatalogRunbook;
  readonly k8sVersion: string | null;
  readonly access: { readonly allowed: string[]; readonly denied: string[] };
  /** How a workload was resolved: its pods, the chosen one first. */
  readonly pods: readonly string[];
}

export const runbooksFor = ({ from, to }: Pick<Flow, 'from' | 'to'>, runbooks: Catalog['runbooks']): CatalogRunbook[] =>
  Object.values(runbooks).filter(({ flow }) => flow.to.includes(to.kind) && (flow.from.includes(from.kind) || from.kind === 'workload'));

export const chooseRunbook = (flow: Flow, runbooks: Catalog['runbooks'], asked?: string): CatalogRunbook => {
  const known = Object.keys(runbooks).join(', ');
  if (asked !== undefined) {
    const book = runbooks[asked];
    if (!book) throw new IntakeProblem(`There is no runbook for the symptom "${asked}". Known: ${known}.`);
    return book;
  }
  const [book] = runbooksFor(flow, runbooks);
  if (!book) throw new IntakeProblem(`No runbook walks from ${flow.from.kind} to ${flow.to.kind} yet. Known symptoms: ${known}.`);
  return book;
};

const isReady = (pod: KubeObject<'pods'>) => pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;

const list = async (world: World, kind: Kind, scope: { namespace: string; labels?: Record<string, string> }, signal: AbortSignal) =>
  (await world.ask({ port: 'kube', verb: 'list', kind, ...scope }, signal)) as JsonObject[];

/** Pods of a workload, unhealthy ones first, one node after the other. Throws `IntakeProblem` when there are none. */
const podsOfWorkload = async (world: World, end: EndOf<'workload'>, signal: AbortSignal): Promise<KubeObject<'pods'>[]> => {
  const { of: kind, namespace, name } = end;
  const found = (await world.ask({ port: 'kube', verb: 'get', kind, namespace, name }, signal)) as KubeObject<typeof kind> | null;
  if (!found) throw new IntakeProblem(`There is no ${kind.replace(/s$/, '')} ${namespace}/${name}.`);
  const labels = found.spec?.selector?.matchLabels;
  const pods = (await list(world, 'pods', { namespace, ...(labels ? { labels } : {}) }, signal)) as unknown as KubeObject<'pods'>[];
  if (pods.length === 0) throw new IntakeProblem(`${kind} ${namespace}/${name} has no Pod to look from.`);
  return pods.sort((a, b) => Number(isReady(a)) - Number(isReady(b)) || (a.metadata?.name ?? '').localeCompare(b.metadata?.name ?? ''));
};

const settle = async (world: World, end: End, signal: AbortSignal): Promise<{ end: End; pods: string[] }> => {
  if (end.kind !== 'workload') return { end, pods: [] };
  const pods = await podsOfWorkload(world, end, signal);
  const names = pods.map((pod) => pod.metadata?.name ?? '');
  const { namespace } = end;
  return { end: { kind: 'pod', namespace, name: names[0] ?? '' }, pods: names.slice(0, 3) };
};

/** A denial here is not the end: each check says for itself what it may not read. */
const orNull = async <T>(promise: Promise<T>): Promise<T | null> => {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof CannotLook && (error.code === 'forbidden' || error.code === 'not-recorded')) return null;
    throw error;
  }
};

const readAccess = async (world: World, steps: Catalog['steps'][string]['step'][], flow: Flow, signal: AbortSignal) => {
  const namespaces = namespacesOf(flow);
  const answers = await Promise.all(
    namespaces.map((namespace) => orNull(world.ask({ port: 'kube', verb: 'rules', namespace }, signal))),
  );
  const rules = new Map(namespaces.map((namespace, index) => [namespace, answers[index] ?? { rules: [], incomplete: true }]));
  const judged = rightsFor(steps, namespaces).map((right) => {
    const places = right.namespace ? [right.namespace] : namespaces;
    const verdicts = places.map((place) => isAllowed(right, rules.get(place) ?? { rules: [], incomplete: true }));
    return { right: writeRight(right), allowed: verdicts.includes('yes') ? 'yes' : (verdicts[0] ?? 'unknown') };
  });
  const those = (answer: string) => judged.filter(({ allowed }) => allowed === answer).map(({ right }) => right);
  return { allowed: those('yes'), denied: those('no') };
};

export interface PreflightInput {
  readonly world: World;
  readonly catalog: Catalog;
  readonly asked: Flow;
  readonly symptom?: string | undefined;
  readonly level: Level;
  /** Called as soon as it is clear what is looked at, while rights are still being read. */
  onSettled(flow: Flow, runbook: CatalogRunbook): void;
}

/** Settles what the session is about and what it may do, before the first check. */
export const preflight = async (input: PreflightInput, signal: AbortSignal): Promise<Ready> => {
  const { world, catalog, asked, symptom, level } = input;
  const runbook = chooseRunbook(asked, catalog.runbooks, symptom);
  const { end: from, pods } = await settle(world, asked.from, signal);
  const flow: Flow = { ...asked, from };
  input.onSettled(flow, runbook);
  const steps = Object.values(runbook.nodes)
    .flatMap((node) => (isStepNode(node) ? (catalog.steps[node.step]?.step ?? []) : []))
    .filter((step) => permits(level, step.level));
  const [version, access] = await Promise.all([
    orNull(world.ask({ port: 'kube', verb: 'version' }, signal)),
    readAccess(world, steps, flow, signal),
  ]);
  return { flow, runbook, k8sVersion: version?.gitVersion ?? null, access, pods };
};
