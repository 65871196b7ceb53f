import { changedLines, told, undoOf } from '../../../change/body.js';
import { type Change, isChangeable } from '../../../change/change.js';
import { ChangeRefused, type Prepared } from '../../../change/changer.js';
import { diffLines } from '../../../change/diff-lines.js';
import { touchesOnlyItsFields } from '../../../change/fields.js';
import { isSame } from '../../../change/merge.js';
import type { ChangedObject } from '../../../domain/fix.js';
import { isObject, type JsonObject } from '../../../domain/json.js';
import type { Clean } from '../clean.js';
import { changeRequest, createRequest, deleteRequest, podsRequest } from './requests.js';
import type { Sender } from './sender.js';

type Of<D extends Change['do']> = Extract<Change, { do: D }>;

export const metadataOf = (object: JsonObject): JsonObject => (isObject(object.metadata) ? object.metadata : {});
/** A text of the metadata; empty where there is none. */
export const metaText = (object: JsonObject, key: 'name' | 'uid' | 'resourceVersion'): string => {
  const value = metadataOf(object)[key];
  return typeof value === 'string' ? value : '';
};
export const versionOf = (object: JsonObject) => metaText(object, 'resourceVersion');

/** What is written is masked first: a way back that comes out of it different is none. */
const kept = (prepared: Prepared, { cleanText, cleanJson }: Clean): Prepared => {
  if (!isSame(cleanJson(prepared.undo), prepared.undo))
    throw new ChangeRefused('masked', 'What the field holds now is masked before it is written.');
  return { ...prepared, diff: prepared.diff.map(cleanText) };
};

const patched = async (
  change: Exclude<Change, Of<'delete-pod'>>,
  before: JsonObject,
  send: Sender,
): Promise<Prepared> => {
  const { object } = change;
  const resourceVersion = versionOf(before);
  const undo = undoOf(object, before, await send.object(changeRequest(change, before, { resourceVersion, dry: true })));
  if (!undo) throw new ChangeRefused('no-effect', 'The object is like that already.');
  if (!isChangeable(object.kind) || !touchesOnlyItsFields(object.kind, undo.patch))
    throw new ChangeRefused('webhook', 'Something in the cluster would change other fields of it as well.');
  return { change, object, diff: changedLines(undo), undo, resourceVersion, uid: null };
};

const created = async (change: Of<'apply'>, send: Sender): Promise<Prepared> => {
  const { object, manifest } = change;
  const expected = told(await send.object(createRequest(object, manifest, true)));
  const undo = { do: 'delete', object, expected } as const;
  return { change, object, diff: diffLines(null, manifest), undo, resourceVersion: null, uid: null };
};

const controllers = new Set(['ReplicaSet', 'DaemonSet', 'StatefulSet']);

const hasController = (pod: JsonObject) => {
  const owners = metadataOf(pod).ownerReferences;
  return (
    Array.isArray(owners) &&
    owners.some(
      (one) => isObject(one) && one.controller === true && typeof one.kind === 'string' && controllers.has(one.kind),
    )
  );
};

const findPod = async ({ namespace, pod }: Of<'delete-pod'>, send: Sender): Promise<JsonObject> => {
  if ('name' in pod) {
    const found = await send.read({ kind: 'pods', namespace, name: pod.name });
    if (!found) throw new ChangeRefused('gone', `There is no Pod ${namespace}/${pod.name}.`);
    return found;
  }
  const { items } = await send.object(podsRequest(namespace, pod.labels, pod.node));
  const [only, another] = Array.isArray(items) ? items : [];
  if (!isObject(only)) throw new ChangeRefused('no-pod', `${pod.labels}, ${pod.node}`);
  if (another !== undefined) throw new ChangeRefused('several-pods', `${pod.labels}, ${pod.node}`);
  return only;
};

const withoutPod = async (change: Of<'delete-pod'>, send: Sender): Promise<Prepared> => {
  const pod = await findPod(change, send);
  const { deletionTimestamp } = metadataOf(pod);
  const [name, uid] = [metaText(pod, 'name'), metaText(pod, 'uid')];
  const object: ChangedObject = { kind: 'pods', namespace: change.namespace, name: name };
  if (!hasController(pod)) throw new ChangeRefused('no-controller', `${change.namespace}/${name}`);
  if (deletionTimestamp !== undefined) throw new ChangeRefused('no-effect', 'The Pod is being deleted already.');
  await send.object(deleteRequest(object, uid, true));
  const { nodeName = null } = isObject(pod.spec) ? pod.spec : {};
  const shown = { kind: 'Pod', metadata: { namespace: change.namespace, name: name }, spec: { nodeName } };
  const undo = { do: 'nothing', object } as const;
  return { change, object, diff: diffLines(shown, null), undo, resourceVersion: versionOf(pod), uid: uid };
};

/** Reads the object, and lets the server try the change without keeping it. Throws `ChangeRefused`. */
export const prepare = async (change: Change, send: Sender, clean: Clean): Promise<Prepared> => {
  if (change.do === 'delete-pod') return kept(await withoutPod(change, send), clean);
  const before = await send.read(change.object);
  if (before) return kept(await patched(change, before, send), clean);
  if (change.do === 'apply') return kept(await created(change, send), clean);
  throw new ChangeRefused('gone', `${change.object.kind} ${change.object.name}`);
};
