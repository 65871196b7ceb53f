import { changeable, isChangeable } from '../../../change/change.js';
import { touchesOnlyItsFields } from '../../../change/fields.js';
import { isObject, type JsonObject } from '../../../domain/json.js';
import { NotAllowed } from '../allowlist.js';
import { type Admitted, type AnyRequest, type ApiRequest, isPublic, placeIn } from '../api-request.js';

type Verb = 'get' | 'list' | 'patch' | 'create' | 'delete';

/** Every (verb, resource) that a remedy may send. No subresource at all. */
const verbsOf: Readonly<Record<string, readonly Verb[]>> = {
  ...Object.fromEntries(Object.keys(changeable).map((kind) => [kind, ['get', 'patch'] as const])),
  networkpolicies: ['get', 'patch', 'create', 'delete'],
  pods: ['get', 'list', 'delete'],
};

/** The permissions of remedies, apart from those of reading and of looking. */
export const changePermissions = Object.entries(verbsOf).flatMap(([resource, verbs]) =>
  verbs.map((verb) => ({ verb, group: isChangeable(resource) ? changeable[resource].group : '', resource })),
);

const refuse = (what: string): never => {
  throw new NotAllowed(`"${what}" is not among the changes of a remedy`);
};

const textIn = (object: JsonObject | undefined, key: string) => {
  const value = object?.[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const metadataOf = (body: JsonObject) => (isObject(body.metadata) ? body.metadata : undefined);

/** A patch of fields that may be touched, of exactly the version that was read. */
const isExactPatch = ({ resource, body = {} }: ApiRequest) => {
  const { resourceVersion, ...metadata } = metadataOf(body) ?? {};
  const rest = { ...body, metadata };
  if (Object.keys(metadata).length === 0) delete (rest as JsonObject).metadata;
  return typeof resourceVersion === 'string' && isChangeable(resource) && touchesOnlyItsFields(resource, rest);
};

/** What is taken away is the one that was read: its uid is a condition. */
const isExactDelete = ({ body = {}, name }: ApiRequest) =>
  name !== undefined && textIn(isObject(body.preconditions) ? body.preconditions : undefined, 'uid') !== undefined;

const isPolicy = ({ body = {}, namespace }: ApiRequest) =>
  body.kind === 'NetworkPolicy' && textIn(metadataOf(body), 'namespace') === namespace && isObject(body.spec);

const shapes = { patch: isExactPatch, delete: isExactDelete, create: isPolicy, get: () => true, list: () => true };

const isRead = (verb: string) => verb === 'get' || verb === 'list';

/** As `admit`, for the requests of remedies: another list, and nothing of what levels allow. Throws `NotAllowed` or `InvalidName`. */
export const admitChange = (request: AnyRequest): Admitted => {
  if (isPublic(request)) return refuse(`get ${request.path}`);
  const { verb, group, resource, subresource, body } = request;
  const what = `${verb} ${[resource, subresource].filter(Boolean).join('/')}`;
  const isListed = changePermissions.some(
    (one) => one.verb === verb && one.group === group && one.resource === resource && subresource === undefined,
  );
  if (!isListed || (isRead(verb) && body !== undefined)) return refuse(what);
  if (!shapes[verb](request)) return refuse(`${what} without its conditions`);
  return placeIn(request);
};
