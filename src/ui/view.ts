import type { SessionLook } from '../machines/look.js';
import type { Pending } from './predict.js';
import type { AppProps } from './props.js';
import type { Say } from './say.js';
import type { UiState } from './state.js';

export type ScreenName = 'intake' | 'walk' | 'verdict' | 'failed';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Everything that a frame is computed from. */
export interface View extends Pick<AppProps, 'catalog' | 'language' | 'appearance' | 'header' | 'saved' | 'intake'> {
  readonly say: Say;
  readonly actions: Pick<AppProps['actions'], 'suspend' | 'goLinear' | 'resume' | 'collect' | 'fix'>;
  /** What is known, as far as it is shown. */
  readonly look: SessionLook | null;
  /** The check whose result waits for a prediction. */
  readonly pending?: Pending | null;
  readonly ui: UiState;
  readonly size: Size;
  readonly now: number;
}

export const screenOf = (look: SessionLook | null): ScreenName => {
  if (!look) return 'intake';
  if (look.phase === 'preparing' || look.phase === 'walking') return 'walk';
  return look.verdict ? 'verdict' : 'failed';
};

/** 1 on a small terminal, 2 panes up to 119 columns, 3 from there. */
export const panesOf = ({ columns, rows }: Size): 1 | 2 | 3 => {
  if (columns < 80 || rows < 24) return 1;
  return columns < 120 ? 2 : 3;
};

export const isTooSmall = ({ columns, rows }: Size) => columns < 60 || rows < 16;
