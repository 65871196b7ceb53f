import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { NotAllowed } from '../../../src/ports/live/allowlist.js';
import { cart, execAt, refused, run } from './exec-at.js';
import { startApi, status } from './imitation/api.js';
import { ended, frame, startExec } from './imitation/exec-server.js';
import { never } from './imitation/target.js';

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
