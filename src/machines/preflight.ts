import type { Catalog, CatalogRunbook } from '../catalog/catalog.js';
import { CannotLook } from '../domain/cannot-look.js';
import type { End, Flow } from '../domain/flow.js';
import { type Level, permits } from '../domain/level.js';
import type { PodAccess } from '../domain/pod-access.js';
import type { Rules, World } from '../domain/ports.js';
import { isAllowed, writeRight } from '../domain/rights.js';
import { isStepNode } from '../domain/runbook.js';
import type { AnyStep } from '../domain/step.js';
import { namespacesOf, rightsFor } from './access.js';
import { chooseRunbook } from './choose-runbook.js';
import { podsOfWorkload } from './workload-pods.js';

export interface Ready {
  readonly flow: Flow;
  readonly runbook: CatalogRunbook;
  readonly k8sVersion: string | null;
  readonly access: { readonly allowed: string[]; readonly denied: string[] };
  /** How a workload was resolved: its pods, the chosen one first. */
  readonly pods: readonly string[];
}

const settle = async (world: World, end: End, signal: AbortSignal): Promise<{ end: End; pods: string[] }> => {
  if (end.kind !== 'workload') return { end, pods: [] };
  const pods = await podsOfWorkload(world, end, signal);
  return { end: { kind: 'pod', namespace: end.namespace, name: pods[0] ?? '' }, pods };
};

const unknownRules: Rules = { rules: [], incomplete: true };

/** A live port tells when nobody accepts who is asking: then no check can say anything either. */
const whyOf = (error: CannotLook) => ('why' in error ? error.why : undefined);

const mustStop = (error: CannotLook) =>
  whyOf(error) === 'unauthenticated' || (error.code !== 'forbidden' && error.code !== 'not-recorded');

const ofNobodysApi: readonly End['kind'][] = ['node', 'ip', 'host'];

/** Nodes that are named by the operator are looked at over SSH, whatever the API server says or does not say. */
const needsNoApi = ({ from, to }: Flow, level: Level) =>
  from.kind === 'node' && ofNobodysApi.includes(to.kind) && permits(level, 'node');

interface Basics {
  readonly world: World;
  readonly namespaces: readonly string[];
  /** The session can do without the API. */
  readonly alone: boolean;
}

/**
 * The version of the cluster and the own rights. One denial is not the end: each check says for itself what it
 * may not read. Throws it where the credentials are refused, or where nothing was allowed at all: both may be
 * asked by everybody who is logged in (ClusterRoles system:public-info-viewer and system:basic-user).
 */
const readBasics = async ({ world, namespaces, alone }: Basics, signal: AbortSignal) => {
  const denials: CannotLook[] = [];
  const orNull = async <T>(promise: Promise<T>): Promise<T | null> => {
    try {
      return await promise;
    } catch (error) {
      if (!(error instanceof CannotLook)) throw error;
      if (!alone && mustStop(error)) throw error;
      denials.push(error);
      return null;
    }
  };
  const asked = namespaces.map(async (namespace) => {
    const rules = await orNull(world.ask({ port: 'kube', verb: 'rules', namespace }, signal));
    return [namespace, rules ?? unknownRules] as const;
  });
  const [version, ...rules] = await Promise.all([
    orNull(world.ask({ port: 'kube', verb: 'version' }, signal)),
    ...asked,
  ]);
  if (!alone && denials[0] && denials.length > rules.length && whyOf(denials[0]) === 'forbidden') throw denials[0];
  return { version, rules: new Map(rules) };
};

const judgeAccess = (
  steps: readonly AnyStep[],
  rules: ReadonlyMap<string, Rules>,
  ways: readonly PodAccess[] | undefined,
): Ready['access'] => {
  const namespaces = [...rules.keys()];
  const judged = rightsFor(steps, namespaces, ways).map((right) => {
    const places = right.namespace ? [right.namespace] : namespaces;
    const answers = places.map((place) => isAllowed(right, rules.get(place) ?? unknownRules));
    return { right: writeRight(right), answer: answers.includes('yes') ? 'yes' : (answers[0] ?? 'unknown') };
  });
  const those = (wanted: string) => judged.filter(({ answer }) => answer === wanted).map(({ right }) => right);
  return { allowed: those('yes'), denied: those('no') };
};

export interface PreflightInput {
  readonly world: World;
  readonly catalog: Catalog;
  readonly asked: Flow;
  readonly symptom?: string | undefined;
  readonly level: Level;
  readonly ways?: readonly PodAccess[] | undefined;
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
  const { version, rules } = await readBasics(
    { world, namespaces: namespacesOf(flow), alone: needsNoApi(flow, level) },
    signal,
  );
  return {
    flow,
    runbook,
    k8sVersion: version?.gitVersion ?? null,
    access: judgeAccess(steps, rules, input.ways),
    pods,
  };
};
