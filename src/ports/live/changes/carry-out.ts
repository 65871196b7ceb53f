import { told, undoOf } from '../../../change/body.js';
import { type CarriedOut, ChangeRefused, type Prepared } from '../../../change/changer.js';
import { isSame, touchedBy } from '../../../change/merge.js';
import type { JsonObject } from '../../../domain/json.js';
import type { ApiRequest } from '../api-request.js';
import { metadataOf, versionOf } from './prepare.js';
import { changeRequest, createRequest, deleteRequest } from './requests.js';
import { AnswerLost, type Sender } from './sender.js';

/** The same request that was tried, to be kept this time. */
const requestOf = async (
  prepared: Prepared,
  send: Sender,
): Promise<{ request: ApiRequest; before: JsonObject | null }> => {
  const { change, object, uid, resourceVersion } = prepared;
  if (change.do === 'delete-pod') return { request: deleteRequest(object, uid ?? '', false), before: null };
  if (change.do === 'apply' && resourceVersion === null)
    return { request: createRequest(object, change.manifest, false), before: null };
  const before = await send.read(object);
  if (!before) throw new ChangeRefused('gone', `${object.kind} ${object.name}`);
  return { request: changeRequest(change, before, { resourceVersion: resourceVersion ?? '', dry: false }), before };
};

/** Whether the object stands as the change would have left it; undefined where it cannot be told. */
const isDone = ({ undo, uid, resourceVersion }: Prepared, now: JsonObject | null): boolean | undefined => {
  if (undo.do === 'nothing') {
    if (now === null || metadataOf(now).uid !== uid || metadataOf(now).deletionTimestamp !== undefined) return true;
    return false;
  }
  if (undo.do === 'delete') return now !== null;
  if (now === null) return undefined;
  if (isSame(touchedBy(undo.patch, told(now)), undo.expected)) return true;
  return versionOf(now) === resourceVersion ? false : undefined;
};

const found = async (prepared: Prepared, message: string, again: Sender): Promise<CarriedOut> => {
  const { undo, object } = prepared;
  const unknown = { state: 'unknown', resourceVersion: null, undo, message } as const;
  try {
    const now = await again.read(object);
    const done = isDone(prepared, now);
    if (done === false) throw new ChangeRefused('unreachable', message);
    return done ? { state: 'applied', resourceVersion: now && versionOf(now), undo } : unknown;
  } catch (error) {
    // It was read, and it is as it was.
    if (error instanceof ChangeRefused && error.message === message) throw error;
    if (error instanceof ChangeRefused) return unknown;
    throw error;
  }
};

/**
 * Makes the change. Where the answer is lost, the object is read: that tells whether it was made. `again` is asked then,
 * for whoever has given up meanwhile still has to know. Throws `ChangeRefused` where nothing was changed.
 */
export const carryOut = async (prepared: Prepared, send: Sender, again: Sender): Promise<CarriedOut> => {
  const { request, before } = await requestOf(prepared, send);
  try {
    const after = await send.write(request);
    const undo = before && undoOf(prepared.object, before, after);
    return { state: 'applied', resourceVersion: versionOf(after) || null, undo: undo ?? prepared.undo };
  } catch (error) {
    if (error instanceof AnswerLost) return found(prepared, error.message, again);
    throw error;
  }
};
