import { stringify } from 'yaml';
import { isBeneath, kinds, type Readable, resourceOf } from '../domain/kinds.js';
import { type Level, levelSchema, permits } from '../domain/level.js';
import { rightsOfNodePod } from '../domain/node-access.js';
import { type AccessRight, makesSomething, podAccess, rightsOfAccess } from '../domain/pod-access.js';
import type { AnyStep } from '../domain/step.js';
import { openCatalog } from './books.js';
import { exitCodes, type Io, say, UsageProblem } from './io.js';

interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

const ruleOf = (readable: Readable): Rule =>
  isBeneath(readable)
    ? { apiGroups: [''], resources: [readable], verbs: ['get'] }
    : { apiGroups: [kinds[readable].group], resources: [resourceOf(readable)], verbs: ['get', 'list'] };

const merged = (rules: readonly Rule[]): Rule[] =>
  [...Map.groupBy(rules, ({ apiGroups, verbs }) => `${apiGroups.join()}|${verbs.join()}`).values()].map((same) => ({
    ...(same[0] as Rule),
    resources: [...new Set(same.flatMap(({ resources }) => resources))].sort(),
  }));

/** An exec is a GET that is upgraded, which API servers of several versions take for the verb get. */
const exec: Rule = { apiGroups: [''], resources: ['pods/exec'], verbs: ['create', 'get'] };

/** What takes the place of exec, where `--probe-image` is given. */
const making = (more: readonly AccessRight[]): Rule[] => {
  const rights = [...podAccess.filter(makesSomething).flatMap((way) => rightsOfAccess[way]), ...more];
  const byResource = Map.groupBy(
    rights.filter(({ resource }) => resource !== 'pods/exec'),
    ({ resource }) => resource,
  );
  return [...byResource].map(([resource, list]) => ({
    apiGroups: [''],
    resources: [resource],
    verbs: [...new Set(list.map(({ verb }) => verb))],
  }));
};

/** Rights of all steps up to a level, as a ClusterRole: derived from what the steps declare, and written nowhere else. */
export const manifestFor = (level: Level, steps: readonly AnyStep[]) => {
  const used = steps.filter((step) => permits(level, step.level));
  const reads = merged([...new Set(used.flatMap((step) => step.reads as Readable[]))].sort().map(ruleOf));
  const execs = used.some((step) => step.runs.length > 0);
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: `net-triage-${level}` },
    rules: [...reads, ...(execs ? [exec, ...making(level === 'node' ? rightsOfNodePod : [])] : [])],
  };
};

/** Prints the manifest of a level; never applies it. */
export const rbac = async (
  _: Record<string, unknown>,
  io: Io,
  [asked = 'observe']: readonly string[],
): Promise<number> => {
  const level = levelSchema.safeParse(asked);
  if (!level.success || level.data === 'change') throw new UsageProblem(`rbac ${asked}: write observe, probe or node.`);
  const { steps } = await openCatalog([], io.cwd);
  const manifest = manifestFor(
    level.data,
    Object.values(steps).map(({ step }) => step),
  );
  const note =
    '# Bind it with a RoleBinding in each namespace of the flow. Nodes are cluster-wide and need a ClusterRoleBinding.\n' +
    '# So are the objects of network plugins, where one is installed; its agents are asked in their own namespace.\n' +
    '# Which of these are installed is asked of discovery (GET /apis), which everybody who is logged in may read.\n' +
    (permits(level.data, 'probe')
      ? '# services/proxy is only for what a Prometheus or a Loki in the cluster has kept (GET /api/v1/query_range). Bind it where they are, or leave\n' +
        '# it out: without it, or with --prometheus URL and --loki URL, nothing else is missing. They are looked for with "list services" in all namespaces.\n'
      : '') +
    (permits(level.data, 'probe')
      ? '# To create and delete pods, and to add containers to them, is only used with --probe-image.\n'
      : '') +
    (permits(level.data, 'node')
      ? '# With --node-access debug they are also used in the namespace of -n, which has to allow privileged Pods (Pod Security).\n'
      : '');
  await say(io.stdout, note + stringify(manifest));
  return exitCodes.done;
};
