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
  exchanged(exchange: Exchange): void;
  commands(count: number): void;
  cost(): Cost;
}

/** Counts what the cluster was asked. */
export const createMeter = (onExchange: (exchange: Exchange) => void = () => {}): Meter => {
  let [requests, bytes, commands] = [0, 0, 0];
  return {
    exchanged(exchange) {
      requests += 1;
      bytes += exchange.bytes;
      onExchange(exchange);
    },
    commands(count) {
      commands += count;
    },
    cost: () => ({ requests, bytes, commands }),
  };
};
