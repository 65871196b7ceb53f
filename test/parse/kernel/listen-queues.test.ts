import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseListenQueues } from '../../../src/parse/kernel/listen-queues.js';
import { recorded } from '../recorded.js';

it('reads what waits and how much may, from ss', () => {
  expect(parseListenQueues(recorded('ss', 'listen-full'))).toEqual([{ port: 8080, waiting: 2, room: 1 }]);
});

it('reads what waits from the table of the kernel', () => {
  const queues = parseListenQueues(recorded('proc-net', 'listeners-cat'));
  expect(queues.length).toBeGreaterThan(0);
  for (const queue of queues) expect(queue).toEqual({ port: expect.any(Number), waiting: 0 });
});

it('throws at no text', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseListenQueues(`LISTEN ${text}\n 0: ${text}`)));
});
