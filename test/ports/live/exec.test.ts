import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import type { CannotLook } from '../../../src/domain/cannot-look.js';
import { NotAllowed } from '../../../src/ports/live/allowlist.js';
import { createExec, type ExecRequest } from '../../../src/ports/live/exec.js';
import { startApi, status } from './imitation/api.js';
import { ended, frame, startExec } from './imitation/exec-server.js';
import { never, targetAt, unclean, wire } from './imitation/target.js';

const cart = { namespace: 'shop', name: 'cart', container: 'till' };
const execAt = (url: string, level: 'observe' | 'probe' = 'probe') => {
  const { connection, meter } = wire(targetAt(url, { login: { kind: 'token', token: 'till' } }));
  return createExec({ connection, meter, level: () => level, clean: unclean });
};
const run = (url: string, more: Partial<ExecRequest> = {}, signal = never) =>
  execAt(url)({ pod: cart, argv: ['cat', '/etc/resolv.conf'], deadline: 5_000, ...more }, signal);
const refused = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as CannotLook,
  );
const text = ({ stdout, stderr }: { stdout: Buffer; stderr: Buffer }) => [stdout.toString(), stderr.toString()];

describe('a program that runs to its end', () => {
  it.each(['v5.channel.k8s.io', 'v4.channel.k8s.io'])(
    'gives both outputs and its exit code over %s',
    async (protocol) => {
      const api = await startExec((socket) => {
        socket.send(frame(1, 'open'));
        socket.send(frame(2, 'a warning'));
        socket.send(frame(1, ' till 8'));
        socket.send(ended(7));
        socket.close();
      }, protocol);
      const result = await run(api.url);
      expect(result).toMatchObject({ ended: 'status', exitCode: 7 });
      expect(text(result)).toEqual(['open till 8', 'a warning']);
      expect(api.connected[0]?.protocol).toBe(protocol);
    },
  );

  it('is asked for word by word, as whoever is logged in', async () => {
    const api = await startExec((socket) => {
      socket.send(ended(0));
      socket.close();
    });
    const argv = ['sh', '-c', 'echo "$1"', 'x', '$(rm -rf /) & ?a=b #\n'];
    expect(await run(api.url, { argv })).toMatchObject({ ended: 'status', exitCode: 0 });
    const url = new URL(api.requests[0]?.url ?? '', api.url);
    expect(url.pathname).toBe('/api/v1/namespaces/shop/pods/cart/exec');
    expect(url.searchParams.getAll('command')).toEqual(argv);
    expect(url.searchParams.get('container')).toBe('till');
    expect(url.searchParams.get('stdin')).toBeNull();
    expect(api.requests[0]?.headers.authorization).toBe('Bearer till');
  });

  it('is heard piece by piece while it still runs', async () => {
    const api = await startExec((socket) => {
      socket.send(frame(1, 'open'));
      socket.send(frame(2, 'a warning'));
    });
    const { connection, meter } = wire(targetAt(api.url));
    const exec = createExec({ connection, meter, level: () => 'probe', clean: unclean });
    const heard = Promise.withResolvers<string>();
    const onStdout = (bytes: Buffer) => heard.resolve(bytes.toString());
    const running = exec({ pod: cart, argv: ['cat'], deadline: 5_000, onStdout }, never);
    expect(await heard.promise).toBe('open');
    // What it costs is known although it has not ended: a report may be written before that.
    expect(meter.cost()).toMatchObject({ requests: 1 });
    expect(meter.cost().bytes).toBeGreaterThan(4);
    for (const socket of api.connected) {
      socket.send(ended(0));
      socket.close();
    }
    expect(await running).toMatchObject({ ended: 'status', stdout: Buffer.from('open') });
  });

  it('may print anything at all', async () => {
    const garbage = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
    const api = await startExec((socket) => {
      socket.send(frame(1, garbage));
      socket.send(frame(9, 'an unknown channel'));
      socket.send('a text frame');
      socket.send(frame(3, 'no status at all'));
      socket.send(ended(0));
      socket.close();
    });
    const result = await run(api.url);
    expect(result).toMatchObject({ ended: 'status', exitCode: 0 });
    expect(result.stdout.equals(garbage)).toBe(true);
  });
});

describe('a program that does not', () => {
  it('hangs: it is given up at the deadline, and what came until then is kept', async () => {
    const api = await startExec((socket) => socket.send(frame(1, 'wait')));
    const result = await run(api.url, { deadline: 300 });
    expect(result).toMatchObject({ ended: 'timeout', exitCode: Number.NaN });
    expect(text(result)).toEqual(['wait', '']);
  });

  it('ends without a status', async () => {
    const api = await startExec((socket) => {
      socket.send(frame(1, 'half'));
      socket.close();
    });
    expect(await run(api.url)).toMatchObject({ ended: 'lost', exitCode: Number.NaN });
  });

  it('is torn off', async () => {
    const api = await startExec((socket) => socket.terminate());
    expect(await run(api.url)).toMatchObject({ ended: 'lost' });
  });

  it('floods: reading stops at the limit, long before 100 MB', async () => {
    let sent = 0;
    const chunk = frame(1, 'x'.repeat(64 << 10));
    const pour = (socket: WebSocket) => {
      if (socket.readyState !== socket.OPEN || sent >= 100 << 20) return;
      sent += chunk.length;
      socket.send(chunk, () => pour(socket));
    };
    const api = await startExec(pour);
    const result = await run(api.url, { cap: 1 << 20 });
    expect(result.ended).toBe('cap');
    expect(result.stdout).toHaveLength(1 << 20);
    expect(sent).toBeLessThan(100 << 20);
  });

  it('is given up by the caller, and the server is told', async () => {
    const caller = new AbortController();
    const api = await startExec((socket) => {
      socket.send(frame(1, 'wait'));
      caller.abort(new Error('enough'));
    });
    expect(await refused(run(api.url, {}, caller.signal))).toMatchObject({ message: 'enough' });
    const [socket] = api.connected;
    if (socket && socket.readyState !== socket.CLOSED) await once(socket, 'close');
  });

  it('never opens: a handshake that hangs ends at the deadline', async () => {
    const api = await startApi(() => {});
    api.server.on('upgrade', () => {});
    expect(await run(api.url, { deadline: 200 })).toMatchObject({ ended: 'timeout' });
  });
});

describe('a program that is not started', () => {
  const answering = (code: number, reason: string, message: string) =>
    startApi((_, response) =>
      response
        .writeHead(code, { 'content-type': 'application/json' })
        .end(JSON.stringify(status(code, reason, message))),
    );

  it('is refused by RBAC: the words of the server are kept', async () => {
    const api = await answering(
      403,
      'Forbidden',
      'pods "cart" is forbidden: User "viewer" cannot create resource "pods/exec" in API group "" in the namespace "shop"',
    );
    expect(await refused(run(api.url))).toMatchObject({
      ...{ code: 'forbidden', missing: { verb: 'create', resource: 'pods/exec', group: '', namespace: 'shop' } },
    });
  });

  it('leaves no connection open behind a refusal, which would keep the process from ending', async () => {
    const api = await answering(403, 'Forbidden', 'pods "cart" is forbidden');
    api.server.keepAliveTimeout = 0;
    await refused(run(api.url));
    const socket = api.asked[0]?.socket;
    if (socket && !socket.destroyed) await once(socket, 'close');
    expect(socket?.destroyed).toBe(true);
  });

  it.each([
    [400, 'BadRequest', 'container till is not valid for pod cart', 'lost', /not valid for pod cart/],
    [404, 'NotFound', 'pods "cart" not found', 'lost', /not found/],
    [500, 'InternalError', 'error dialing backend: no route to host', 'lost', /error dialing backend/],
    [401, 'Unauthorized', 'Unauthorized', 'forbidden', /credentials/],
  ])('is refused with HTTP %i', async (code, reason, message, expected, words) => {
    const api = await answering(code, reason, message);
    const error = await refused(run(api.url));
    expect(error).toMatchObject({ name: 'CannotLook', code: expected });
    expect(error?.message).toMatch(words);
  });

  it('is not in the container', async () => {
    const message =
      'Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "e": OCI runtime exec failed: exec failed: unable to start container process: exec: "cat": executable file not found in $PATH: unknown';
    const api = await startExec((socket) => {
      socket.send(
        frame(
          3,
          JSON.stringify({
            status: 'Failure',
            reason: 'InternalError',
            message,
            details: { causes: [{ message }] },
            code: 500,
          }),
        ),
      );
      socket.close();
    });
    expect(await refused(run(api.url))).toMatchObject({
      code: 'tool-missing',
      message: expect.stringContaining('"cat"'),
    });
  });

  it('is not in the container, said by the runtime with exit code 126', async () => {
    const api = await startExec((socket) => {
      socket.send(
        frame(
          1,
          'OCI runtime exec failed: exec failed: unable to start container process: exec: "cat": executable file not found in $PATH: unknown\r\n',
        ),
      );
      socket.send(ended(126));
      socket.close();
    });
    expect(await refused(run(api.url))).toMatchObject({ code: 'tool-missing' });
  });

  it('a program that ends with 127 by itself did run', async () => {
    const api = await startExec((socket) => {
      socket.send(frame(2, 'sh: nope: not found'));
      socket.send(ended(127));
      socket.close();
    });
    expect(await run(api.url)).toMatchObject({ ended: 'status', exitCode: 127 });
  });

  it('speaks no protocol that we know', async () => {
    const api = await startExec(() => {}, 'v1.channel.k8s.io');
    expect(await refused(run(api.url))).toMatchObject({ name: 'CannotLook', code: 'lost' });
  });

  it('is refused by ourselves at level observe, and for a name that is none', async () => {
    const api = await startExec(() => {});
    const request = { pod: cart, argv: ['cat'], deadline: 100 };
    await expect(execAt(api.url, 'observe')(request, never)).rejects.toThrow(NotAllowed);
    for (const pod of [
      { ...cart, name: '../x' },
      { ...cart, namespace: 'a/b' },
      { ...cart, container: 'till&command=x' },
    ])
      await expect(run(api.url, { pod })).rejects.toThrow('not a');
    expect(api.requests).toHaveLength(0);
  });
});
