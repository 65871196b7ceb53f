import { patchFor } from '../../../change/body.js';
import { type Change, changeable, isChangeable } from '../../../change/change.js';
import type { ChangedObject } from '../../../domain/fix.js';
import { isObject, type JsonObject } from '../../../domain/json.js';
import type { ApiRequest } from '../api-request.js';

/** What the server keeps as the author of a field, and what an audit finds. */
export const fieldManager = 'net-triage';

const placed = ({
  kind,
  namespace,
  name,
}: ChangedObject): Pick<ApiRequest, 'group' | 'version' | 'resource' | 'name'> => ({
  group: isChangeable(kind) ? changeable[kind].group : '',
  ...{ version: 'v1', resource: kind, name },
  ...(namespace === undefined ? {} : { namespace }),
});

export const getRequest = (object: ChangedObject): ApiRequest => ({ verb: 'get', ...placed(object) });

const writing = (dry: boolean): [string, string][] => [
  ['fieldManager', fieldManager],
  ['fieldValidation', 'Strict'],
  ...(dry ? [['dryRun', 'All'] as [string, string]] : []),
];

interface Patching {
  readonly patch: JsonObject;
  readonly style: 'strategic' | 'merge';
  readonly resourceVersion: string;
}

interface Trying {
  readonly resourceVersion: string;
  readonly dry: boolean;
}

/** A patch of exactly this version: where another stands by now, the server says 409 and changes nothing. */
export const patchRequest = (object: ChangedObject, how: Patching, dry: boolean): ApiRequest => {
  const { patch, style, resourceVersion } = how;
  const metadata = isObject(patch.metadata) ? patch.metadata : {};
  return {
    ...{ verb: 'patch', ...placed(object), query: writing(dry), patch: style },
    body: { ...patch, metadata: { ...metadata, resourceVersion } },
  };
};

/** The patch that sends an object from what it is to what the change wants. */
export const changeRequest = (change: Exclude<Change, { do: 'delete-pod' }>, before: JsonObject, how: Trying) => {
  const style = change.do === 'patch' ? change.style : 'merge';
  return patchRequest(
    change.object,
    { patch: patchFor(change, before), style, resourceVersion: how.resourceVersion },
    how.dry,
  );
};

export const createRequest = (object: ChangedObject, manifest: JsonObject, dry: boolean): ApiRequest => {
  const { name: _, ...place } = placed(object);
  return { verb: 'create', ...place, query: writing(dry), body: manifest };
};

/** Of exactly this one: another object of the same name has another uid. */
export const deleteRequest = (object: ChangedObject, uid: string, dry: boolean): ApiRequest => ({
  ...{ verb: 'delete', ...placed(object) },
  // With a body the server reads its options from there and not from the query.
  body: {
    ...{ kind: 'DeleteOptions', apiVersion: 'v1', preconditions: { uid } },
    ...(dry ? { dryRun: ['All'] } : {}),
  },
});

/** Two are enough to know that it is not one. */
export const podsRequest = (namespace: string, labels: string, node: string): ApiRequest => ({
  ...{ verb: 'list', group: '', version: 'v1', resource: 'pods', namespace },
  query: [
    ['labelSelector', labels],
    ['fieldSelector', `spec.nodeName=${node}`],
    ['limit', '2'],
  ],
});
