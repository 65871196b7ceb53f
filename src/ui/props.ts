import type { Catalog } from '../catalog/catalog.js';
import type { Level } from '../domain/level.js';
import type { Language } from '../domain/text.js';
import type { Session as FullSession } from '../machines/drive.js';
import type { Wide } from './cell.js';
import type { Earlier, FirstLook } from './first-look.js';
import type { ThemeName } from './theme.js';

/** What a screen needs of a session that has been started. */
export type Session = Pick<FullSession, 'look' | 'subscribe' | 'send' | 'stop' | 'close' | 'note' | 'predict'>;

export interface Appearance {
  readonly ascii: boolean;
  /** Cells that a character of ambiguous width takes; 2 also means ASCII marks and borders. */
  readonly wide: Wide;
  readonly theme: ThemeName;
  readonly motion: boolean;
}

export interface Header {
  readonly context: string | null;
  readonly namespace: string;
  /** The operator marked this context as production. */
  readonly marked: boolean;
  readonly level: Level;
  readonly version: string;
  readonly mode: 'live' | 'replay' | 'practice';
  /** The recording was made by hand, not on a cluster. */
  readonly synthetic: boolean;
}

/** What the operator has said so far, as `--from` and `--to` spell it. An empty symptom follows from the two ends. */
export interface Draft {
  readonly from: string;
  readonly to: string;
  readonly symptom: string;
  /** A pasted error that the others were read from. */
  readonly error?: string | undefined;
}

/** What an error settles of a draft, and what there is to say about that. */
export interface ReadDraft {
  readonly draft: Draft;
  readonly told: string;
}

export type Started = Session | string;

export interface Intake {
  readonly draft: Draft;
  readonly incident?: string | undefined;
  /** What was read of an error that the flags gave. */
  readonly told?: string | undefined;
  /** Reads an error for what the draft leaves open. Absent where nobody can. */
  read?(error: string, draft: Draft): ReadDraft;
  /** A session that is already started, or a sentence that says what is wrong with the draft. */
  start(draft: Draft): Started | Promise<Started>;
  /** A few reads that show what stands out. Called after the first frame, never before. */
  sweep?(): Promise<FirstLook>;
  /** Newest first. Called after the first frame, because it reads every journal. */
  sessions?(): readonly Earlier[];
}

export interface Saved {
  readonly id: string;
  readonly folder: string;
  /** Hash of the last line of the journal. */
  readonly root: string;
}

export interface Actions {
  copy(text: string): void;
  /** The path of what was written. */
  export(): Promise<string>;
  /** Keeps what every harmless program says on the nodes of the flow. Absent where nothing can be kept. */
  collect?(): Promise<{ readonly nodes: readonly string[]; readonly outputs: number }>;
  /** Leaves the program; without a code the verdict decides. */
  quit(code?: number): void;
  /** Stops the process until it is continued. Absent where the system cannot. */
  suspend?(): Promise<void>;
  /** Leaves the screen; the session goes on in words, line by line. */
  goLinear?(): void;
  /** Leaves the screen for the plain terminal, where a fix is chosen and confirmed. Absent without --allow-remediation. */
  fix?(): void;
  /** Ends the session after its verdict, and walks another runbook for what it left unexplained. */
  goOn?(runbook: string): void;
  /** Leaves the screen for an earlier session, named by its id. */
  resume?(id: string): void;
}

export interface AppProps {
  readonly catalog: Catalog;
  readonly language: Language;
  readonly appearance: Appearance;
  readonly header: Header;
  readonly intake: Intake;
  /** Present where results are predicted from the start: how many an earlier process has shown. */
  readonly predict?: number | undefined;
  /** A session that flags or a resume have already started. */
  readonly session?: Session | undefined;
  readonly actions: Actions;
  saved(): Saved | undefined;
  /** Milliseconds since the epoch. */
  now(): number;
}
