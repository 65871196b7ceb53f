import { InvalidName, pathSegment } from '../../clean/names.js';
import { isDnsLabel } from '../../domain/dns-names.js';
import type { JsonObject } from '../../domain/json.js';
import type { Level } from '../../domain/level.js';
import { type Action, mustBeAllowed, NotAllowed, publicPaths } from './allowlist.js';
import { historyPath, type RangeQuery, serviceSegment } from './history-path.js';
import { mustBeOurs } from './our-changes.js';

/** A request in the words of RBAC. Method and path follow from it, so that it cannot say one thing and send another. */
export interface ApiRequest extends Action {
  readonly version: string;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly query?: readonly (readonly [string, string])[];
  readonly body?: JsonObject;
  /** What the Prometheus or the Loki behind a Service is asked; there is nothing else that a Service is sent. */
  readonly asks?: RangeQuery | undefined;
  /** How the body of a patch is read; a strategic merge patch, where nothing else is said. */
  readonly patch?: 'strategic' | 'merge' | undefined;
}

/** A path outside the resources that is read. */
export interface PublicRequest {
  readonly path: string;
}
export const versionRequest: PublicRequest = { path: '/version' };
/** The groups that are served, with their versions. */
export const groupsRequest: PublicRequest = { path: '/apis' };
/** The kinds that are served in one version of a group. */
export const resourcesRequest = ({ group, version }: Pick<ApiRequest, 'group' | 'version'>): PublicRequest => ({
  path: `/apis/${group}/${version}`,
});

export type AnyRequest = ApiRequest | PublicRequest;
export const isPublic = (request: AnyRequest): request is PublicRequest => 'path' in request;

export interface Admitted {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path and query, below the path of the server's own address. */
  readonly path: string;
  readonly patch?: ApiRequest['patch'];
}

const namespaceSegment = (namespace: string) => {
  if (!isDnsLabel(namespace)) throw new InvalidName(`not a namespace: ${JSON.stringify(namespace.slice(0, 80))}`);
  return pathSegment(namespace);
};

const nameSegment = ({ name = '', asks }: ApiRequest) => (asks ? serviceSegment(name) : pathSegment(name));

const pathOf = (request: ApiRequest) =>
  [
    request.group === '' ? 'api' : `apis/${request.group}`,
    request.version,
    ...(request.namespace === undefined ? [] : ['namespaces', namespaceSegment(request.namespace)]),
    request.resource,
    ...(request.name === undefined ? [] : [nameSegment(request)]),
    ...(request.subresource === undefined ? [] : [request.subresource]),
  ].join('/');

const isRead = ({ verb }: ApiRequest) => verb === 'get' || verb === 'list';

const methodOf = ({ verb, body }: ApiRequest): Admitted['method'] => {
  if (verb === 'patch') return 'PATCH';
  if (verb === 'delete') return 'DELETE';
  // An exec is created by opening a socket.
  return verb === 'create' && body !== undefined ? 'POST' : 'GET';
};

const admitPublic = ({ path }: PublicRequest): Admitted => {
  if (!publicPaths.has(path)) throw new NotAllowed(`"get ${path}" is not among the requests of any level`);
  return { method: 'GET', path };
};

/** Method and path of a request that is allowed. Throws `InvalidName`. */
export const placeIn = (request: ApiRequest): Admitted => {
  if (request.asks) return { method: 'GET', path: `/${pathOf(request)}${historyPath(request.asks)}` };
  const query = new URLSearchParams((request.query ?? []).map(([key, value]) => [key, value])).toString();
  return {
    method: methodOf(request),
    path: `/${pathOf(request)}${query === '' ? '' : `?${query}`}`,
    ...(request.patch && { patch: request.patch }),
  };
};

/**
 * The only way from a request to something that can be sent: checks it against the allowlist of the
 * level, and every name in it. Throws `NotAllowed` or `InvalidName`.
 */
export const admit = (request: AnyRequest, level: Level): Admitted => {
  if (isPublic(request)) return admitPublic(request);
  mustBeAllowed(request, level);
  if (isRead(request) && request.body !== undefined) throw new NotAllowed(`"${request.verb}" sends no body`);
  if ((request.subresource === 'proxy') !== (request.asks !== undefined))
    throw new NotAllowed(`"${request.verb} ${request.resource}/${request.subresource}" asks for no history`);
  mustBeOurs(request, level);
  return placeIn(request);
};
