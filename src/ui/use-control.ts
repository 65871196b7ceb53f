import { useApp, useStdout, useWindowSize } from 'ink';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { SessionLook } from '../machines/look.js';
import type { Control } from './control/control.js';
import { createControl } from './control/create-control.js';
import { lookFirst } from './control/look-first.js';
import { startPredicting } from './predict.js';
import type { AppProps, Session } from './props.js';
import { speaker } from './say.js';
import { createStore, initialState } from './state.js';
import { useTick } from './use-tick.js';
import type { Size, View } from './view.js';

const stillMs = 1000;
const movingMs = 250;

const silent = () => () => undefined;

const useLook = (session: Session | undefined): SessionLook | null =>
  useSyncExternalStore(session?.subscribe ?? silent, () => session?.look() ?? null);

/** What the screen shows and what its keys can reach. */
export const useControl = (props: AppProps): { view: View; control: Control } => {
  const { suspendTerminal } = useApp();
  const { stdout } = useStdout();
  const control = useMemo(() => {
    const { intake, session, catalog, language } = props;
    const predicting = props.predict === undefined ? null : startPredicting(props.predict);
    const store = createStore({ ...initialState(intake, session), predicting });
    const terminal: Partial<Size> & NodeJS.WritableStream = stdout;
    const size = () => ({ columns: terminal.columns || 80, rows: terminal.rows || 24 });
    return createControl({ props, store, say: speaker(catalog.phrases, language), size, handOver: suspendTerminal });
  }, [props, stdout, suspendTerminal]);
  useEffect(() => {
    // Effects run when the frame has been written; reading journals must not hold up the first keys either.
    const later = setImmediate(() => void lookFirst(control));
    return () => clearImmediate(later);
  }, [control]);
  const { session } = useSyncExternalStore(control.store.subscribe, control.store.get);
  const look = useLook(session);
  const isBusy = look?.phase === 'walking' || look?.phase === 'preparing';
  useWindowSize();
  useTick(props.appearance.motion && isBusy ? movingMs : stillMs);
  return { view: control.view(), control };
};
