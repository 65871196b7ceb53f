import { describe, expect, it } from 'vitest';
import { refused, version } from './asked.js';
import { json, startApi, status } from './imitation/api.js';
import { never, targetAt, wire } from './imitation/target.js';

describe('being turned away', () => {
  const busy = status(429, 'TooManyRequests', 'too many requests');

  it('waits as long as it is told, and asks again', async () => {
    const api = await startApi((_, response) =>
      api.asked.length < 3
        ? json(response, 429, busy, { 'retry-after': '0' })
        : json(response, 200, { gitVersion: 'v1' }),
    );
    const { kube, exchanges } = wire(targetAt(api.url));
    expect(await kube.version(version, never)).toEqual({ gitVersion: 'v1' });
    expect(exchanges.map((exchange) => exchange.status)).toEqual([429, 429, 200]);
  });

  it('gives up after three more tries', async () => {
    const api = await startApi((_, response) => json(response, 429, busy, { 'retry-after': '0' }));
    expect(await refused(wire(targetAt(api.url)).kube.version(version, never))).toMatchObject({ code: 'lost' });
    expect(api.asked).toHaveLength(4);
  });

  it('stops waiting when the caller gives up', async () => {
    const caller = new AbortController();
    const api = await startApi((_, response) => {
      response.on('close', () => caller.abort(new Error('enough')));
      json(response, 429, busy, { 'retry-after': '20' });
    });
    expect(await refused(wire(targetAt(api.url)).kube.version(version, caller.signal))).toMatchObject({
      message: 'enough',
    });
    expect(api.asked).toHaveLength(1);
  });
});

it('gives up a request that hangs when the caller does, and lets the server know', async () => {
  const caller = new AbortController();
  const gone = Promise.withResolvers<void>();
  const api = await startApi((request) => {
    request.socket.once('close', () => gone.resolve());
    caller.abort(new Error('enough'));
  });
  expect(await refused(wire(targetAt(api.url)).kube.version(version, caller.signal))).toMatchObject({
    message: 'enough',
  });
  await gone.promise;
});
