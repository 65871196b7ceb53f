import { behindCurtain, pendingOf } from '../predict.js';
import type { AppProps } from '../props.js';
import type { Say } from '../say.js';
import type { Store } from '../state.js';
import type { Size } from '../view.js';
import type { Control } from './control.js';
import { perform } from './perform.js';

export interface Surroundings {
  readonly props: AppProps;
  readonly store: Store;
  readonly say: Say;
  size(): Size;
  /** Hands the terminal over while the promise is pending, then draws everything again. */
  handOver(during: () => void | Promise<void>): Promise<void>;
}

export const createControl = ({ props, store, say, size, handOver }: Surroundings): Control => {
  const session = () => store.get().session;
  const control: Control = {
    props,
    store,
    session,
    view: () => {
      const ui = store.get();
      const known = session()?.look() ?? null;
      const shown = { look: behindCurtain(known, ui.predicting), pending: pendingOf(known, ui.predicting) };
      return { ...props, ...shown, say, ui, size: size(), now: props.now() };
    },
    adopt: (next) => store.set({ session: next }),
    perform: (action) => perform(control, action),
    redraw: () => void handOver(() => undefined),
    suspend: () => void handOver(() => props.actions.suspend?.()),
  };
  return control;
};
