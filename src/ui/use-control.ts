import { useApp, useWindowSize } from 'ink';
import { useMemo, useRef, useSyncExternalStore } from 'react';
import type { Control } from './control/control.js';
import type { AppProps } from './props.js';
import { speaker } from './say.js';
import { createStore, initialState } from './state.js';
import { symptomOf } from './symptoms.js';
import { useNow } from './use-now.js';
import { useSession } from './use-session.js';
import type { View } from './view.js';

const stillMs = 1000;
const movingMs = 250;

/** What the screen shows and what its keys can reach. */
export const useControl = (props: AppProps): { view: View; control: Control } => {
  const { suspendTerminal } = useApp();
  const size = useWindowSize();
  const { session, adopt, look } = useSession(props.session);
  const draft = props.intake.draft;
  const store = useMemo(() => createStore(initialState(draft, symptomOf(draft.symptom))), [draft]);
  const ui = useSyncExternalStore(store.subscribe, store.get);
  const say = useMemo(() => speaker(props.catalog.phrases, props.language), [props.catalog, props.language]);
  const isBusy = look?.phase === 'walking' || look?.phase === 'preparing';
  const now = useNow(props.now, props.appearance.motion && isBusy ? movingMs : stillMs);
  const view: View = { ...props, say, look, ui, size, now };
  const latest = useRef({ view, session });
  latest.current = { view, session };
  const control = useMemo(
    (): Control => ({
      props,
      store,
      view: () => ({ ...latest.current.view, ui: store.get(), look: latest.current.session?.look() ?? null, now: props.now() }),
      session: () => latest.current.session,
      adopt: (next) => {
        latest.current.session = next;
        adopt(() => next);
      },
      redraw: () => void suspendTerminal(() => undefined),
      suspend: () => void suspendTerminal(() => props.actions.suspend?.()),
    }),
    [props, store, adopt, suspendTerminal],
  );
  return { view, control };
};

