import { isPluginKind, type Kind, kinds, resourceOf } from '../../domain/kinds.js';
import type { Level } from '../../domain/level.js';
import { permits } from '../../domain/level.js';
import { podAccess, rightsOfAccess } from '../../domain/pod-access.js';

/** What a request does, in the words of RBAC. `group` is empty for the core group. */
export interface Action {
  readonly verb: 'get' | 'list' | 'create' | 'patch' | 'delete';
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string | undefined;
}

interface Permission extends Action {
  readonly level: Level;
}

const reads = (Object.keys(kinds) as Kind[]).flatMap((kind): Permission[] => {
  const { group } = kinds[kind];
  return (['get', 'list'] as const).map((verb) => ({ verb, group, resource: resourceOf(kind), level: 'observe' }));
});

const changes = podAccess
  .flatMap((access) => rightsOfAccess[access])
  .map(({ verb, resource: path }): Permission => {
    const [resource = '', subresource] = path.split('/');
    return { verb, group: '', resource, ...(subresource === undefined ? {} : { subresource }), level: 'probe' };
  });
const unique = (list: readonly Permission[]) => [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];

/** Everything that may ever leave this process for an API server. Whatever is not here is refused before it is sent. */
export const permissions: readonly Permission[] = [
  ...reads,
  { verb: 'get', group: '', resource: 'pods', subresource: 'log', level: 'observe' },
  // Only for what `history` asks of a Prometheus or a Loki: `api-request.ts` makes the path.
  { verb: 'get', group: '', resource: 'services', subresource: 'proxy', level: 'probe' },
  // A review is created but stores nothing: it is how Kubernetes answers questions about rights.
  { verb: 'create', group: 'authorization.k8s.io', resource: 'selfsubjectrulesreviews', level: 'observe' },
  // An exec, and what takes its place: `our-changes.ts` says of which Pods.
  ...unique(changes),
];

const groupPaths = (Object.keys(kinds) as Kind[])
  .filter(isPluginKind)
  .map((kind) => `/apis/${kinds[kind].group}/${kinds[kind].version}`);

/**
 * What is read beside the resources, at every level: the version, and which of the kinds of plugins are served.
 * Kubernetes lets everybody who is logged in (ClusterRoles system:public-info-viewer and system:discovery).
 */
export const publicPaths: ReadonlySet<string> = new Set(['/version', '/apis', ...groupPaths]);

/** The request was stopped inside this program. Always a mistake of ours: a level is asked for before it is used. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed';
}

const same = (left: Action, right: Action) =>
  left.verb === right.verb &&
  left.group === right.group &&
  left.resource === right.resource &&
  (left.subresource ?? '') === (right.subresource ?? '');

export const isAllowed = (action: Action, level: Level) =>
  permissions.some((permission) => same(permission, action) && permits(level, permission.level));

export const mustBeAllowed = (action: Action, level: Level) => {
  if (isAllowed(action, level)) return;
  const what = [action.resource, action.subresource].filter(Boolean).join('/');
  throw new NotAllowed(`"${action.verb} ${what}" is not among the requests of level ${level}`);
};
