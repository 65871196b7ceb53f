import type { FirstLook } from '../first-look.js';
import { type Control, toast } from './control.js';

const failedLook = (error: unknown): FirstLook => ({
  seen: [
    {
      result: 'error',
      key: 'cannot-look',
      facts: { message: error instanceof Error ? error.message : String(error) },
    },
  ],
  access: [],
  tookMs: 0,
});

/** Fills what the intake shows beside its question: the sessions before this one, and a sweep of the cluster. */
export const lookFirst = async ({ store, props }: Control): Promise<void> => {
  const { sweep, sessions } = props.intake;
  if (store.get().session) return;
  if (sweep) store.set({ sweeping: true });
  const looking = sweep?.().catch(failedLook);
  if (sessions) store.set({ earlier: sessions() });
  const firstLook = await looking;
  if (firstLook) store.set({ firstLook, sweeping: false });
};

/** Leaves for the session at this place of the list, or says why that cannot go on. */
export const resumeAt = (control: Control, at: number) => {
  const { store, props } = control;
  const earlier = store.get().earlier[at];
  if (!earlier) toast(control, 'ui.off.no-earlier');
  else if (!earlier.resumable) toast(control, 'ui.off.not-resumable');
  else props.actions.resume?.(earlier.id);
};
