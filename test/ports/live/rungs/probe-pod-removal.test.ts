import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/domain/json.js';
import { json, status } from '../imitation/api.js';
import { source } from '../imitation/pods.js';
import { never } from '../imitation/target.js';
import { created, deleted } from './changes.js';
import { openRung, refused } from './made-of.js';

describe('at the end', () => {
  it('is deleted, and no other Pod that has its name by then', async () => {
    const { api, open, end, events } = await openRung('probe-pod', [source]);
    await open();
    const { name } = created(api.changes()).metadata as { name: string };
    await end();
    expect(deleted(api.changes())).toMatchObject([
      { path: `/api/v1/namespaces/shop/pods/${name}`, body: { preconditions: { uid: `uid-of-${name}` } } },
    ]);
    expect(events.map(({ type }) => type)).toEqual(['resource.created', 'resource.removed']);
  });

  it.each([
    ['another uid', (pod: JsonObject) => ({ ...pod, metadata: { ...(pod.metadata as object), uid: 'other' } })],
    ['another session', (pod: JsonObject) => ({ ...pod, metadata: { ...(pod.metadata as object), labels: {} } })],
  ])('is left alone with %s', async (_, change) => {
    const { api, open, end } = await openRung('probe-pod', [source]);
    await open();
    const { name } = created(api.changes()).metadata as { name: string };
    api.pods.set(name, change(api.pods.get(name) as JsonObject) as never);
    await end();
    expect(deleted(api.changes())).toEqual([]);
  });

  it('that cannot be deleted is told of', async () => {
    const { open, end, events } = await openRung('probe-pod', [source], {
      instead: ({ method }, response) => {
        if (method === 'DELETE') json(response, 403, status(403, 'Forbidden', 'not today'));
        return method === 'DELETE';
      },
    });
    await open();
    await end();
    expect(events.at(-1)?.data).toMatchObject({ outcome: 'left', why: expect.stringContaining('not today') });
  });

  it.each(['before', 'after'])('one whose answer was lost, %s it was made, is looked for', async (when) => {
    const lost: string[] = [];
    const opened = await openRung('probe-pod', [source], {
      instead: ({ method, body }, response) => {
        if (method !== 'POST') return false;
        const { name } = body.metadata as { name: string };
        lost.push(name);
        if (when === 'after')
          opened.api.pods.set(name, { ...body, metadata: { ...(body.metadata as object), uid: 'u' } } as never);
        response.destroy();
        return true;
      },
    });
    const { api, open, end, events } = opened;
    expect(await refused(open())).toMatchObject({ code: 'lost' });
    expect(events).toEqual([]);
    await end();
    expect(lost).toHaveLength(1);
    expect([...api.pods.keys()]).toEqual(['web-7d9f-x']);
    expect(events.map(({ type }) => type)).toEqual(when === 'after' ? ['resource.created', 'resource.removed'] : []);
  });

  it('one that is being made while the session ends is removed', async () => {
    const { promise: posted, resolve } = Promise.withResolvers<void>();
    const opened = await openRung('probe-pod', [source], {
      instead: ({ method, body }) => {
        if (method !== 'POST') return false;
        const { name } = body.metadata as { name: string };
        // It is stored, and the answer never comes.
        opened.api.pods.set(name, { ...body, metadata: { ...(body.metadata as object), uid: 'u' } } as never);
        resolve();
        return true;
      },
    });
    const opening = refused(opened.open());
    await posted;
    await opened.end();
    expect(await opening).toBeInstanceOf(Error);
    expect([...opened.api.pods.keys()]).toEqual(['web-7d9f-x']);
  });
});

describe('a session that goes on', () => {
  const left = async (change: (pod: JsonObject) => JsonObject = (pod) => pod) => {
    const { api, open } = await openRung('probe-pod', [source]);
    await open();
    return [...api.pods.values()].map((pod) => (pod.metadata.name === 'web-7d9f-x' ? pod : change(pod)));
  };

  it('takes the one that it has made before, and removes it', async () => {
    const { api, open, end } = await openRung('probe-pod', await left());
    await open();
    await end();
    expect(api.changes().map(({ method }) => method)).toEqual(['POST', 'DELETE']);
  });

  it('makes another where that has ended', async () => {
    const ended = await left((pod) => ({ ...pod, status: { phase: 'Failed', reason: 'DeadlineExceeded' } }));
    const { api, open } = await openRung('probe-pod', ended);
    await open();
    expect(api.changes().map(({ method }) => method)).toEqual(['POST', 'DELETE', 'POST']);
  });

  it('keeps its hands off one of somebody else', async () => {
    const foreign = await left((pod) => ({ ...pod, metadata: { ...(pod.metadata as object), labels: {} } }));
    const { api, open } = await openRung('probe-pod', foreign);
    expect((await refused(open()))?.message).toMatch(/that this session has not made/);
    expect(deleted(api.changes())).toEqual([]);
  });
});

describe('what earlier sessions have left', () => {
  const probe = (name: string, expires: string, more = {}) => ({
    metadata: {
      ...{ namespace: 'shop', name, uid: `uid-of-${name}`, ...more },
      labels: { 'net-triage/made': 'probe-pod', 'net-triage/session': 'old', 'net-triage/expires': expires },
    },
    spec: {},
  });

  it('is what has expired, and not what still serves somebody or goes already', async () => {
    const { ways } = await openRung('probe-pod', [
      probe('net-triage-a', '20261120T235959Z'),
      probe('net-triage-b', '20261121T000001Z'),
      probe('net-triage-c', '20261120T000000Z', { deletionTimestamp: '2026-11-21T00:00:00Z' }),
    ]);
    expect(await ways.leftovers.expired('probe-pod', 'shop', never)).toEqual([
      { kind: 'probe-pod', namespace: 'shop', name: 'net-triage-a', uid: 'uid-of-net-triage-a', session: 'old' },
    ]);
  });

  it('is removed where it is still the same', async () => {
    const { api, ways } = await openRung('probe-pod', [probe('net-triage-a', '20261120T235959Z'), source]);
    const left = { namespace: 'shop', name: 'net-triage-a' };
    expect(await ways.leftovers.isThere({ ...left, uid: 'other' }, never)).toBe(false);
    await ways.leftovers.remove({ ...left, uid: 'other' }, never);
    expect(api.changes()).toEqual([]);
    await ways.leftovers.remove({ ...left, uid: 'uid-of-net-triage-a' }, never);
    expect([...api.pods.keys()]).toEqual(['web-7d9f-x']);
    await ways.leftovers.remove({ namespace: 'shop', name: 'web-7d9f-x', uid: 'uid-of-web' }, never);
    expect([...api.pods.keys()]).toEqual(['web-7d9f-x']);
  });
});
