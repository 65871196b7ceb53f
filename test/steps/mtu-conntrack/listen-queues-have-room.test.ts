import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { PodRef } from '../../../src/domain/ports.js';
import step from '../../../src/steps/mtu-conntrack/listen-queues-have-room.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { toCart } from '../connectivity/shop.js';
import { looking } from '../look.js';
import { judgedBy, series, town } from './tables.js';

const judged = judgedBy(step, 'listen-queues-have-room');
const server = (overflows: number, waiting: number, room?: number, connects = series('timeout')) => ({
  servers: [
    {
      pod: 'cart-7',
      port: 8080,
      connects,
      inside: { overflows, queues: [{ port: 8080, waiting, ...(room === undefined ? {} : { room }) }] },
    },
  ],
});

it.each([
  ['room', server(0, 0, 4096)],
  ['overflowing', server(6, 2, 1)],
  ['full', server(0, 129, 128)],
  ['overflowing-unfelt', server(6, 0, 4096, series('open'))],
  // A program that stands still, read from the table of the kernel, which names no limit.
  ['waiting', server(0, 3)],
  ['no-server', { servers: [] }],
  // A listener of another port that is full, and one that takes none by intent.
  [
    'room',
    {
      servers: [
        {
          pod: 'cart-7',
          port: 8080,
          connects: series('open'),
          inside: { overflows: 0, queues: [{ port: 9, waiting: 7, room: 1 }] },
        },
      ],
    },
  ],
  ['room', server(0, 0, 0)],
])('%s', (outcome, evidence) => expect(judged(evidence).outcome).toBe(outcome));

const inPods = (after: string) => ({
  pod: (query: string, args: JsonObject, { name }: PodRef) => {
    if (query === 'connect-anew') return ran(recorded('nc-busybox', 'connect-timeout'), { tool: 'nc' });
    if (name !== 'cart-7') throw new Error(`nobody asks ${name}`);
    if (query === 'listen-queues') return ran(recorded('ss', 'listen-full'), { tool: 'ss' });
    return ran(recorded('kernel-counters', 'since' in args ? after : 'server-before'), { tool: 'grep' });
  },
});

it('sees a queue overflow inside the Pod while connects fail', async () => {
  const said = await looking(step, 'listen-queues-have-room')(town, {
    flow: toCart,
    answers: inPods('server-overflown'),
  });
  expect(said).toMatchObject({ outcome: 'overflowing', facts: { 'endpoint-pod': 'cart-7', waiting: 2, room: 1 } });
  expect(said.used.toSorted()).toEqual(step.reads.toSorted());
});

it('says nothing of a Pod that has no shell', async () => {
  const answers = {
    pod: (query: string) => {
      if (query === 'connect-anew') return ran(recorded('nc-busybox', 'connect-timeout'), { tool: 'nc' });
      throw new CannotLook('tool-missing', 'no shell');
    },
  };
  await expect(looking(step, 'listen-queues-have-room')(town, { flow: toCart, answers })).rejects.toThrow(CannotLook);
});
