import { InvalidName, isDnsLabel, pathSegment } from '../../clean/names.js';
import type { JsonObject } from '../../domain/json.js';
import type { Level } from '../../domain/level.js';
import { type Action, mustBeAllowed, NotAllowed } from './allowlist.js';
import { mustBeOurs } from './our-changes.js';

/** A request in the words of RBAC. Method and path follow from it, so that it cannot say one thing and send another. */
export interface ApiRequest extends Action {
  readonly version: string;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly query?: readonly (readonly [string, string])[];
  readonly body?: JsonObject;
}

/** The one address outside the resources that is read: `GET /version`. */
export const versionRequest = 'version';
export type AnyRequest = ApiRequest | typeof versionRequest;

export interface Admitted {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path and query, below the path of the server's own address. */
  readonly path: string;
}

const namespaceSegment = (namespace: string) => {
  if (!isDnsLabel(namespace)) throw new InvalidName(`not a namespace: ${JSON.stringify(namespace.slice(0, 80))}`);
  return pathSegment(namespace);
};

const pathOf = (request: ApiRequest) =>
  [
    request.group === '' ? 'api' : `apis/${request.group}`,
    request.version,
    ...(request.namespace === undefined ? [] : ['namespaces', namespaceSegment(request.namespace)]),
    request.resource,
    ...(request.name === undefined ? [] : [pathSegment(request.name)]),
    ...(request.subresource === undefined ? [] : [request.subresource]),
  ].join('/');

const isRead = ({ verb }: ApiRequest) => verb === 'get' || verb === 'list';

const methodOf = ({ verb, body }: ApiRequest): Admitted['method'] => {
  if (verb === 'patch') return 'PATCH';
  if (verb === 'delete') return 'DELETE';
  // An exec is created by opening a socket.
  return verb === 'create' && body !== undefined ? 'POST' : 'GET';
};

/**
 * The only way from a request to something that can be sent: checks it against the allowlist of the
 * level, and every name in it. Throws `NotAllowed` or `InvalidName`.
 */
export const admit = (request: AnyRequest, level: Level): Admitted => {
  if (request === versionRequest) return { method: 'GET', path: '/version' };
  mustBeAllowed(request, level);
  if (isRead(request) && request.body !== undefined) throw new NotAllowed(`"${request.verb}" sends no body`);
  mustBeOurs(request);
  const query = new URLSearchParams((request.query ?? []).map(([key, value]) => [key, value])).toString();
  return {
    method: methodOf(request),
    path: `/${pathOf(request)}${query === '' ? '' : `?${query}`}`,
  };
};
