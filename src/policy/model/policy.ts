import type { JsonObject } from '../../domain/json.js';
import type { Range } from '../address/range.js';
import type { PortSet } from '../ports/port-set.js';
import type { Place } from '../read/place.js';
import type { Match, Reason } from './match.js';
import type { Party } from './party.js';

export const directions = ['egress', 'ingress'] as const;
export type Direction = (typeof directions)[number];

/** `pass` leaves the tier, `log` goes on with the next rule. */
export type Action = 'allow' | 'deny' | 'pass' | 'log';

export interface Rule {
  readonly action: Action;
  /** `ingress[0]`, or the name it was given. */
  readonly name: string;
  readonly place: Place;
  /** Whether it speaks of this other end. */
  readonly peer: (party: Party) => Match;
  /** Whether it speaks of this end of its own, where a rule can narrow the subject of its policy. */
  readonly own?: (party: Party) => Match;
  /** The ports it speaks of at the receiving end, where names of ports are looked up. */
  readonly ports: (receiver: Party) => PortSet;
  /** What to bear in mind where this rule decides. */
  readonly remarks?: (party: Party) => readonly Reason[];
}

/** What a policy says about one direction of the traffic of its subjects. */
export interface Side {
  readonly rules: readonly Rule[];
  /** Whether its being there makes the end of the tier deny what no rule decided. */
  readonly isolates: boolean;
}

export interface PolicyName {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export interface Policy extends PolicyName {
  readonly place: Place;
  readonly tier: string;
  /** Lower is asked first; within the same order `tie` sorts, unless the tier says that nobody knows. */
  readonly order: number;
  readonly tie: string;
  readonly subject: (party: Party) => Match;
  /** The label selector in it, as written, for a proposal that speaks of none but its subjects. */
  readonly selector?: JsonObject | undefined;
  readonly ingress?: Side | undefined;
  readonly egress?: Side | undefined;
  /** Ranges of addresses that it tells apart. */
  readonly ranges: readonly Range[];
}

export interface Tier {
  readonly name: string;
  readonly order: number;
  /** What becomes of traffic that no rule decided, where a policy that isolates has selected the subject. */
  readonly end: 'deny' | 'pass';
  /** Which of several policies of the same order comes first is for nobody to know. */
  readonly undefinedTies?: boolean;
}

/** A policy that is there and is not understood: whom it may touch cannot be judged. */
export interface Unjudged extends PolicyName {
  readonly place: Place;
  readonly why: Reason;
  readonly touches: (party: Party) => boolean;
}

/** Every policy of every dialect, as the judges read it. */
export interface Model {
  readonly tiers: readonly Tier[];
  readonly policies: readonly Policy[];
  readonly unjudged: readonly Unjudged[];
  /** Why it may be that no policy has an effect, whatever it says. */
  readonly unenforced?: Reason;
}
