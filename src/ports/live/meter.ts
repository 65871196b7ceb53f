import type { Cost } from '../../domain/ports.js';

/** One request as it went over the wire; `status` is 0 when nothing came back. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly bytes: number;
  readonly ms: number;
}

export interface Meter {
  /** A request leaves. Counted here, not at its end: an exec answers piece by piece while it still runs. */
  sent(): void;
  received(bytes: number): void;
  exchanged(exchange: Exchange): void;
  commands(count: number): void;
  cost(): Cost;
}

/** Counts what the cluster was asked. */
export const createMeter = (onExchange: (exchange: Exchange) => void = () => {}): Meter => {
  let [requests, bytes, commands] = [0, 0, 0];
  return {
    sent() {
      requests += 1;
    },
    received(count) {
      bytes += count;
    },
    exchanged: onExchange,
    commands(count) {
      commands += count;
    },
    cost: () => ({ requests, bytes, commands }),
  };
};
