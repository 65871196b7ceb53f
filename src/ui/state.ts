import { type Field, fieldOf } from './field.js';
import type { Earlier, FirstLook } from './first-look.js';
import type { Predicting } from './predict.js';
import type { Intake, Session } from './props.js';
import { symptomRowOf } from './symptoms.js';

export const overlays = [
  'help',
  'why',
  'because',
  'evidence',
  'tree',
  'path',
  'commands',
  'remedy',
  'copy',
  'note',
  'override',
  'confirm',
  'palette',
] as const;
export type OverlayName = (typeof overlays)[number];

export const intakeFields = ['error', 'from', 'to'] as const;
export type IntakeFocus = 'symptoms' | (typeof intakeFields)[number] | 'sessions';

/** The part of the walk that the arrows move in. */
export type Panel = 'trail' | 'detail';

/** What the operator has done to the screen. What the session knows is not kept here. */
export interface UiState {
  readonly session: Session | undefined;
  readonly overlay: OverlayName | null;
  /** First row shown of an overlay or of the verdict. */
  readonly scroll: number;
  /** The chosen item of a list: symptom, answer, remedy, outcome, command. */
  readonly chosen: number;
  /** The text of a dialog, or of the filter while it is typed. */
  readonly field: Field | null;
  readonly filter: string;
  readonly filtering: boolean;
  /** The row of a long text where the words were found last. */
  readonly found: number | null;
  /** The cause that is asked about; empty: all that are worth naming. */
  readonly cause: string;
  /** The row of the trail that is looked at; nothing follows the walk. */
  readonly trailAt: number | null;
  /** The button of the footer that Tab has reached. */
  readonly button: number | null;
  readonly toast: string;
  readonly focus: IntakeFocus;
  readonly symptom: number;
  /** The pasted error, the part of it that was read already, what that said, and the symptom it speaks of. */
  readonly error: Field;
  readonly errorRead: string;
  readonly told: string;
  readonly meant: string;
  readonly from: Field;
  readonly to: Field;
  readonly problem: string;
  readonly starting: boolean;
  /** Null until it has come, or where nobody can look. */
  readonly firstLook: FirstLook | null;
  readonly sweeping: boolean;
  readonly earlier: readonly Earlier[];
  readonly panel: Panel;
  /** First row shown of the panel beside the trail. */
  readonly detailAt: number;
  /** How many steps the first panel has been made larger; negative: smaller. */
  readonly grown: number;
  /** Null while results are shown as they come. */
  readonly predicting: Predicting | null;
  /** When Ctrl-C was pressed last. */
  readonly interruptedAt: number;
  /** When text that nobody typed arrived last. */
  readonly pastedAt: number;
}

export const initialState = ({ draft, told = '' }: Pick<Intake, 'draft' | 'told'>, session?: Session): UiState => ({
  session,
  overlay: null,
  scroll: 0,
  chosen: 0,
  field: null,
  filter: '',
  filtering: false,
  found: null,
  cause: '',
  trailAt: null,
  button: null,
  // Whoever named everything by flags sees no intake that could show it.
  toast: session ? told : '',
  focus: 'symptoms',
  symptom: symptomRowOf(draft),
  error: fieldOf(draft.error ?? ''),
  errorRead: draft.error ?? '',
  told,
  meant: draft.symptom,
  from: fieldOf(draft.from),
  to: fieldOf(draft.to),
  problem: '',
  starting: false,
  firstLook: null,
  sweeping: false,
  earlier: [],
  panel: 'trail',
  detailAt: 0,
  grown: 0,
  predicting: null,
  interruptedAt: Number.NEGATIVE_INFINITY,
  pastedAt: Number.NEGATIVE_INFINITY,
});

/** Whether a field of the intake takes what is typed. */
export const fieldInUse = ({ session, overlay, button, focus }: UiState) =>
  session || overlay !== null || button !== null ? undefined : intakeFields.find((name) => name === focus);

export const isFilling = (state: UiState) => fieldInUse(state) !== undefined;

export interface Store {
  get(): UiState;
  set(change: Partial<UiState>): void;
  subscribe(listener: () => void): () => void;
}

/** Kept outside React: several keys of one burst must each see what the one before has done. */
export const createStore = (initial: UiState): Store => {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(change) {
      state = { ...state, ...change };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

/** Leaves whatever lies over the screen. */
export const closed = {
  overlay: null,
  scroll: 0,
  chosen: 0,
  field: null,
  filter: '',
  filtering: false,
  found: null,
  cause: '',
  button: null,
} as const;
