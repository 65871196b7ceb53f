import type { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { ended, frame } from '../ports/live/imitation/exec-server.js';
import { openShop } from './support/open-shop.js';
import { reportOf } from './support/program.js';
import { refused, type ShopOptions } from './support/shop-api.js';
import { soundShop } from './support/shop-objects.js';

const denial =
  'pods "checkout" is forbidden: User "cashier" cannot create resource "pods/exec" in API group "" in the namespace "shop"';
const megabyte = frame(1, Buffer.alloc(1 << 20, 'A'));

const flood = (socket: WebSocket) => {
  let left = 100;
  const more = () => {
    left -= 1;
    if (socket.readyState !== socket.OPEN) return;
    if (left === 0) socket.send(ended(0), () => socket.close());
    else socket.send(megabyte, more);
  };
  more();
};

const garbage = (socket: WebSocket) => {
  socket.send(frame(1, Buffer.from([0, 255, 27, 93, 53, 50, 59, 7, 128, 10])));
  socket.send(ended(0), () => socket.close());
};

/** The words of containerd for a container that has not even a shell. */
const withoutShell = (socket: WebSocket, [program]: readonly string[]) => {
  const message = `error executing command in container: failed to exec in container: failed to start exec "e": OCI runtime exec failed: exec failed: unable to start container process: exec: "${program}": executable file not found in $PATH: unknown`;
  const failure = { metadata: {}, status: 'Failure', reason: 'InternalError', message, code: 500 };
  socket.send(frame(3, JSON.stringify(failure)), () => socket.close());
};

interface Case {
  readonly what: string;
  readonly shop: ShopOptions;
  readonly code: string;
  readonly reason: RegExp;
  readonly flags?: readonly string[];
}

const forbidden = (socket: Duplex) => void socket.end(refused(403, 'Forbidden', denial));
const gone = (socket: Duplex) => void socket.end(refused(404, 'NotFound', 'pods "checkout" not found'));
const lost = { code: 'lost', reason: /^the connection was lost/ };

const cases: readonly Case[] = [
  {
    ...{ what: 'is forbidden', shop: { refuseExec: forbidden } },
    ...{ code: 'forbidden', reason: /^denied: create pods\/exec in shop$/ },
  },
  {
    ...{ what: 'hangs', shop: { exec: () => {} }, flags: ['--check-timeout', '1s'] },
    ...{ code: 'timeout', reason: /^no answer within the time limit/ },
  },
  { what: 'finds that the Pod has gone meanwhile', shop: { refuseExec: gone }, ...lost },
  { what: 'ends without a status', shop: { exec: (socket) => socket.terminate() }, ...lost },
  { what: 'prints garbage', shop: { exec: garbage }, ...lost },
  {
    ...{ what: 'prints 100 MB', shop: { exec: flood } },
    ...{ code: 'capped', reason: /^the answer was too long to be read whole/ },
  },
  {
    ...{ what: 'finds no shell in a distroless image', shop: { exec: withoutShell } },
    ...{ code: 'tool-missing', reason: /^the program it takes is missing there/ },
  },
];

describe('an exec that', () => {
  it.each(cases)('$what is no answer about the cluster', async ({ shop: options, code, reason, flags = [] }) => {
    const shop = await openShop({ objects: soundShop, ...options });
    const ran = await shop.triage(['--level', 'probe', ...flags]);
    expect(ran).toMatchObject({ code: 5, stderr: '' });
    const { checks, verdict } = reportOf(ran);
    expect(shop.api.upgrades.length).toBeGreaterThan(0);
    const probes = checks.filter(({ stage }) => stage === 'connectivity');
    expect(probes.filter(({ result }) => result === 'pass' || result === 'fail')).toEqual([]);
    for (const id of ['source-can-probe', 'service-address-answers', 'each-endpoint-answers']) {
      expect(checks.find((check) => check.id === id)).toMatchObject({ result: 'error', outcome: code });
      expect(verdict.notChecked).toContainEqual({ check: id, reason: expect.stringMatching(reason) });
    }
    expect(verdict).toMatchObject({ result: 'inconclusive', causes: [] });
    expect(await shop.verify()).toMatchObject({ code: 0 });
  });
});
