import { useState, useSyncExternalStore } from 'react';
import type { SessionLook } from '../machines/look.js';
import type { Session } from './props.js';

const silent = () => () => undefined;

/** The session of this screen, and how it looks now. */
export const useSession = (given: Session | undefined) => {
  const [session, adopt] = useState(given);
  const look = useSyncExternalStore(session?.subscribe ?? silent, (): SessionLook | null => session?.look() ?? null);
  return { session, adopt, look };
};
