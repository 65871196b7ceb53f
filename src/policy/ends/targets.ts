import type { Port, Protocol } from '../../domain/flow.js';
import type { Reason } from '../model/match.js';
import type { Party } from '../model/party.js';

/** Where a connection may end up: one party with each of its addresses, and the port it is spoken to. */
export interface Target {
  readonly parties: readonly Party[];
  readonly port: Port;
}

/** What an end of a flow stands for; `doubts` where it cannot be known. */
export interface Sources {
  readonly parties: readonly (readonly Party[])[];
  readonly doubts: readonly Reason[];
  readonly remarks: readonly Reason[];
}

export interface Targets {
  readonly targets: readonly Target[];
  readonly doubts: readonly Reason[];
  readonly remarks: readonly Reason[];
  /** Whether traffic from outside comes with the address of a node. */
  readonly hidesSource: boolean;
}

export interface Asked {
  readonly port: Port | undefined;
  readonly protocol: Protocol;
}

/** There is no such thing, or it cannot be an end: a slip of the one who asks. */
export class NoSuchEnd extends Error {
  override readonly name = 'NoSuchEnd';
}
