import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { createExec } from '../../../src/ports/live/exec.js';
import { cart, refused, run, text } from './exec-at.js';
import { startApi } from './imitation/api.js';
import { ended, frame, startExec } from './imitation/exec-server.js';
import { never, targetAt, unclean, wire } from './imitation/target.js';

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
