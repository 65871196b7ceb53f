import type { SessionLook } from '../machines/look.js';
import type { Pending } from './predict.js';
import type { ScreenName } from './view.js';

export const groups = ['move', 'decide', 'understand', 'keep', 'find', 'leave'] as const;
export type Group = (typeof groups)[number];

/** What decides whether an action makes sense now. */
export interface Situation {
  readonly screen: ScreenName;
  readonly look: SessionLook | null;
  /** A cause of the catalogue stands behind the command. */
  readonly causeTyped: boolean;
  /** A check is looked at: the running one, or a row of the trail. */
  readonly subject: boolean;
  /** Remedies that can be opened. */
  readonly remedies: number;
  readonly saved: boolean;
  /** Nodes may be looked at, and there is a place to keep what they say. */
  readonly mayCollect: boolean;
  /** Started so that a fix may be applied. */
  readonly mayFix: boolean;
  readonly canSuspend: boolean;
  readonly canGoLinear: boolean;
  /** Sessions that were kept before this one. */
  readonly earlier: number;
  /** The verdict leaves something open, and there is a command that goes on with it. */
  readonly canGoOn: boolean;
  /** A result waits for a prediction. */
  readonly pending: Pending | null;
  /** Words are being looked for. */
  readonly hasWords: boolean;
}

export interface Action {
  readonly id: string;
  /** Names of strokes; the first one is shown. */
  readonly keys: readonly string[];
  /** How the keys are written for people, where their names are not. */
  readonly shown?: string;
  readonly group: Group;
  /** Absent: everywhere. */
  readonly screens?: readonly ScreenName[];
  /** `when-on` buttons come and go; the others keep their place. */
  readonly footer?: 'always' | 'when-on';
  /** The phrase that says why it is off. */
  readonly off?: (now: Situation) => string | undefined;
}

const walk = ['walk'] as const;
const seen = ['walk', 'verdict', 'failed'] as const;
const because = (on: boolean | undefined, reason: string) => (on ? undefined : reason);

const needsWalk = ({ look }: Situation) => because(look?.phase === 'walking', 'ui.off.not-walking');
const needsSubject = ({ subject }: Situation) => because(subject, 'ui.off.no-check');
const needsRunbook = ({ look }: Situation) => because(look?.runbook !== null && look !== null, 'ui.off.not-walking');
const needsSession = ({ look }: Situation) => because(look !== null, 'ui.off.no-session');
const needsCause = ({ causeTyped }: Situation) => because(causeTyped, 'ui.off.no-cause');
const isRunning = ({ look }: Situation) => look?.current !== undefined && look.current !== null && !look.reviewing;

/** Every action there is, once. Keys, help, footer and palette are views of this table. */
export const actions = [
  {
    id: 'guess',
    keys: ['7', '8', '9'],
    shown: '7-9',
    group: 'decide',
    screens: walk,
    footer: 'when-on',
    off: ({ pending }) => because(pending !== null, 'ui.off.nothing-to-predict'),
  },
  {
    id: 'choose',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    shown: '1-9',
    group: 'decide',
    footer: 'when-on',
    off: ({ screen, look, remedies, subject }) =>
      because(
        screen === 'intake' || remedies > 0 || look?.asking != null || (screen === 'walk' && subject),
        'ui.off.nothing-to-choose',
      ),
  },
  {
    id: 'accept',
    keys: ['enter'],
    shown: 'Enter',
    group: 'decide',
    footer: 'when-on',
    off: ({ screen, look, remedies, pending }) =>
      because(
        screen === 'intake' || remedies > 0 || look?.reviewing || look?.asking != null || pending !== null,
        'ui.off.nothing-to-accept',
      ),
  },
  { id: 'up', keys: ['k', 'up'], shown: 'k up', group: 'move' },
  { id: 'down', keys: ['j', 'down'], shown: 'j down', group: 'move' },
  { id: 'first', keys: ['g', 'home'], shown: 'g Home', group: 'move' },
  { id: 'last', keys: ['G', 'end'], shown: 'G End', group: 'move' },
  { id: 'page-up', keys: ['page-up', 'ctrl-u'], shown: 'PgUp ^U', group: 'move' },
  { id: 'page-down', keys: ['page-down', 'ctrl-d'], shown: 'PgDn ^D', group: 'move' },
  { id: 'panel-back', keys: ['h', 'left'], shown: 'h left', group: 'move' },
  { id: 'panel-next', keys: ['l', 'right'], shown: 'l right', group: 'move' },
  { id: 'tab', keys: ['tab'], shown: 'Tab', group: 'move' },
  { id: 'tab-back', keys: ['shift-tab'], shown: 'Shift-Tab', group: 'move' },
  { id: 'larger', keys: ['+'], group: 'move', screens: walk, off: needsSession },
  { id: 'smaller', keys: ['_'], group: 'move', screens: walk, off: needsSession },
  { id: 'pause', keys: ['p'], group: 'decide', screens: walk, footer: 'always', off: needsWalk },
  {
    id: 'skip',
    keys: ['s'],
    group: 'decide',
    screens: walk,
    footer: 'always',
    off: (now) => because(isRunning(now) || now.look?.asking != null, 'ui.off.nothing-runs'),
  },
  {
    id: 'rerun',
    keys: ['r'],
    group: 'decide',
    screens: walk,
    footer: 'always',
    off: ({ look }) => because(look?.current != null, 'ui.off.no-check'),
  },
  {
    id: 'unsure',
    keys: ['u'],
    group: 'decide',
    screens: walk,
    off: (now) => because(isRunning(now) || now.look?.reviewing || now.look?.asking != null, 'ui.off.nothing-waits'),
  },
  {
    id: 'override',
    keys: ['o'],
    group: 'decide',
    screens: walk,
    footer: 'always',
    off: ({ look }) => because(look?.reviewing, 'ui.off.no-review'),
  },
  {
    id: 'back',
    keys: ['b'],
    group: 'decide',
    screens: ['walk', 'failed'],
    footer: 'when-on',
    off: ({ screen, look }) => because(screen === 'failed' || look?.canGoBack, 'ui.off.no-way-back'),
  },
  { id: 'why', keys: ['w'], group: 'understand', screens: seen, footer: 'always', off: needsSubject },
  {
    id: 'because',
    keys: ['W'],
    group: 'understand',
    screens: ['walk', 'verdict'],
    off: ({ look }) => because((look?.trail.length ?? 0) > 0, 'ui.off.nothing-found'),
  },
  { id: 'why-not', keys: [], group: 'understand', screens: ['walk', 'verdict'], off: needsCause },
  { id: 'evidence', keys: ['e'], group: 'understand', screens: seen, footer: 'always', off: needsSubject },
  { id: 'tree', keys: ['t'], group: 'understand', screens: seen, footer: 'always', off: needsRunbook },
  { id: 'path', keys: [], group: 'understand', screens: seen, off: needsRunbook },
  { id: 'commands', keys: ['v'], group: 'understand', screens: seen, off: needsRunbook },
  { id: 'copy', keys: ['c'], group: 'keep', screens: seen, footer: 'always', off: needsSubject },
  {
    id: 'copy-menu',
    keys: ['y'],
    group: 'keep',
    screens: seen,
    off: ({ look }) => because(look !== null, 'ui.off.no-session'),
  },
  {
    id: 'go-on',
    keys: ['m'],
    group: 'keep',
    screens: ['verdict'],
    footer: 'when-on',
    off: ({ canGoOn }) => because(canGoOn, 'ui.off.all-explained'),
  },
  {
    id: 'note',
    keys: ['a'],
    group: 'keep',
    screens: ['walk', 'verdict'],
    off: ({ look }) => because(look?.phase === 'walking' || look?.phase === 'judged', 'ui.off.no-session'),
  },
  {
    id: 'export',
    keys: ['x'],
    group: 'keep',
    screens: ['walk', 'verdict'],
    footer: 'always',
    off: ({ saved }) => because(saved, 'ui.off.nothing-saved'),
  },
  {
    id: 'collect',
    keys: ['C'],
    group: 'keep',
    screens: ['walk', 'verdict'],
    off: ({ mayCollect, saved }) => because(mayCollect, 'ui.off.no-nodes') ?? because(saved, 'ui.off.nothing-saved'),
  },
  { id: 'predict', keys: [], group: 'decide', screens: ['intake', 'walk'] },
  { id: 'pace', keys: [], group: 'decide', screens: walk, off: needsWalk },
  { id: 'stop', keys: [], group: 'decide', screens: walk, off: needsWalk },
  {
    id: 'fix',
    keys: ['f'],
    group: 'decide',
    screens: ['walk', 'verdict'],
    off: ({ mayFix, remedies }) => because(mayFix, 'ui.off.read-only') ?? because(remedies > 0, 'ui.off.no-fault'),
  },
  {
    id: 'resume-earlier',
    keys: [],
    group: 'decide',
    screens: ['intake'],
    off: ({ earlier }) => because(earlier > 0, 'ui.off.no-earlier'),
  },
  { id: 'filter', keys: ['/'], group: 'find' },
  { id: 'match', keys: ['n'], group: 'find', off: ({ hasWords }) => because(hasWords, 'ui.off.no-words') },
  { id: 'match-back', keys: ['N'], group: 'find', off: ({ hasWords }) => because(hasWords, 'ui.off.no-words') },
  { id: 'palette', keys: [':', 'ctrl-p'], shown: ':', group: 'find', footer: 'always' },
  { id: 'help', keys: ['?'], group: 'find', footer: 'always' },
  { id: 'close', keys: ['esc'], shown: 'Esc', group: 'leave' },
  { id: 'quit', keys: ['q'], group: 'leave', footer: 'always' },
  { id: 'interrupt', keys: ['ctrl-c'], shown: 'Ctrl-C', group: 'leave' },
  {
    id: 'suspend',
    keys: ['ctrl-z'],
    shown: 'Ctrl-Z',
    group: 'leave',
    off: ({ canSuspend }) => because(canSuspend, 'ui.off.no-suspend'),
  },
  {
    id: 'linear',
    keys: [],
    group: 'leave',
    off: ({ canGoLinear }) => because(canGoLinear, 'ui.off.no-linear'),
  },
  { id: 'redraw', keys: ['ctrl-l'], shown: 'Ctrl-L', group: 'leave' },
] as const satisfies readonly Action[];
export type ActionId = (typeof actions)[number]['id'];
