import type { Offered } from '../offered.js';
import type { AppProps, Session } from '../props.js';
import type { Store } from '../state.js';
import type { View } from '../view.js';

/** What an action can reach. `view` is computed anew, so that each key of a burst sees what the one before has done. */
export interface Control {
  readonly props: AppProps;
  readonly store: Store;
  view(): View;
  session(): Session | undefined;
  adopt(session: Session | undefined): void;
  /** Does what an action says, or tells why it is off. */
  perform(action: Pick<Offered, 'id' | 'reason'>): void;
  /** Draws the whole screen again. */
  redraw(): void;
  suspend(): void;
}

export const toast = (
  { store, props }: Pick<Control, 'store' | 'props'>,
  key: string,
  facts?: Record<string, string>,
) => {
  const phrase = props.catalog.phrases[key]?.[props.language] ?? key;
  store.set({
    toast: Object.entries(facts ?? {}).reduce((text, [name, value]) => text.replace(`{${name}}`, value), phrase),
  });
};
