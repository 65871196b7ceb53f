import { told } from '../../../change/body.js';
import { ChangeRefused } from '../../../change/changer.js';
import { isSame, merged, touchedBy } from '../../../change/merge.js';
import type { Undo } from '../../../domain/fix.js';
import { metaText, versionOf } from './prepare.js';
import { deleteRequest, patchRequest } from './requests.js';
import { AnswerLost, type Sender } from './sender.js';

type Undone = { readonly resourceVersion: string | null };
type Of<D extends Undo['do']> = Extract<Undo, { do: D }>;

const since = 'Somebody else has changed the same fields since; nothing was put back.';

const restored = async ({ object, patch, expected }: Of<'patch'>, send: Sender): Promise<Undone> => {
  const now = await send.read(object);
  if (!now) throw new ChangeRefused('gone', `${object.kind} ${object.name}`);
  const resourceVersion = versionOf(now);
  if (isSame(merged(told(now), patch), told(now))) return { resourceVersion };
  if (!isSame(touchedBy(patch, told(now)), expected)) throw new ChangeRefused('changed-since', since);
  const after = await send.write(patchRequest(object, { patch, style: 'merge', resourceVersion }, false));
  return { resourceVersion: versionOf(after) };
};

const removed = async ({ object, expected }: Of<'delete'>, send: Sender): Promise<Undone> => {
  const now = await send.read(object);
  if (!now) return { resourceVersion: null };
  if (!isSame(told(now).spec, expected.spec)) throw new ChangeRefused('changed-since', since);
  await send.write(deleteRequest(object, metaText(now, 'uid'), false));
  return { resourceVersion: null };
};

// A Deployment that rolls out gets a new version with every Pod that becomes ready.
const attempts = 5;

const isConflict = (error: unknown) => error instanceof ChangeRefused && error.code === 'conflict';

/** Puts back what the change has touched, and only while it holds what the change has left. Throws `ChangeRefused`. */
export const undone = async (undo: Undo, send: Sender): Promise<Undone> => {
  if (undo.do === 'nothing') return { resourceVersion: null };
  for (let left = attempts; ; left -= 1) {
    try {
      return await (undo.do === 'patch' ? restored(undo, send) : removed(undo, send));
    } catch (error) {
      if (error instanceof AnswerLost) throw new ChangeRefused('unreachable', error.message);
      if (left === 0 || !isConflict(error)) throw error;
    }
  }
};
