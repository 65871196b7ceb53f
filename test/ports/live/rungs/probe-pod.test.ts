import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/domain/json.js';
import { json, status } from '../imitation/api.js';
import { type Asked, source } from '../imitation/pods.js';
import { never } from '../imitation/target.js';
import { image, openRung, refused } from './made-of.js';

const service = (name: string, spec: object) => ({ metadata: { namespace: 'shop', name }, spec });
const publishing = (selector: object) => service('all-web', { selector, publishNotReadyAddresses: true });

const created = (changes: readonly Asked[]) => changes.find(({ method }) => method === 'POST')?.body as JsonObject;
const deleted = (changes: readonly Asked[]) => changes.filter(({ method }) => method === 'DELETE');

describe('a probe pod', () => {
  it('is taken for the source by policies, and by no controller and no Service', async () => {
    const { api, open, events } = await openRung('probe-pod', [source]);
    const footing = await open();
    const manifest = created(api.changes());
    expect(manifest.metadata).toEqual({
      ...{ namespace: 'shop', name: expect.stringMatching(/^net-triage-[0-9a-f]{10}$/) },
      labels: {
        ...{ app: 'web', 'app.kubernetes.io/managed-by': 'Helm', 'net-triage/made': 'probe-pod' },
        ...{ 'net-triage/session': '20261121T104029Z-cart', 'net-triage/expires': '20261121T003000Z' },
      },
      ownerReferences: [
        {
          ...{ apiVersion: 'v1', kind: 'Pod', name: 'web-7d9f-x', uid: 'uid-of-web' },
          ...{ controller: true, blockOwnerDeletion: false },
        },
      ],
    });
    expect(manifest.spec).toMatchObject({
      ...{ nodeName: 'node-b', serviceAccountName: 'web', automountServiceAccountToken: false },
      ...{ activeDeadlineSeconds: 1800, restartPolicy: 'Never', enableServiceLinks: false },
      readinessGates: [{ conditionType: 'net-triage/never-ready' }],
      tolerations: source.spec.tolerations,
      securityContext: { sysctls: source.spec.securityContext.sysctls },
      containers: [
        {
          ...{ name: 'probe', image, resources: { requests: { cpu: '10m' }, limits: { memory: '128Mi' } } },
          securityContext: { runAsNonRoot: true, capabilities: { drop: ['ALL'] } },
        },
      ],
    });
    expect(JSON.stringify(manifest)).not.toContain('secret');
    expect(footing.at).toBe(`container probe of pod shop/${(manifest.metadata as { name: string }).name}`);
    expect(events).toMatchObject([{ type: 'resource.created', data: { kind: 'probe-pod', image } }]);
  });

  it.each([
    'apps.kubernetes.io/pod-index',
    'controller-revision-hash',
    'job-name',
    'statefulset.kubernetes.io/pod-name',
  ])('goes without the label %s of a controller', async (label) => {
    const labels = { app: 'web', [label]: 'x' };
    const { api, open } = await openRung('probe-pod', [{ ...source, metadata: { ...source.metadata, labels } }]);
    await open();
    expect(created(api.changes()).metadata).not.toHaveProperty(['labels', label]);
  });

  it.each([
    ['selects it', [publishing({ app: 'web' })], /Service shop\/all-web publishes addresses that are not ready/],
    [
      'selects others',
      [publishing({ app: 'cart' }), publishing({}), service('web', { selector: { app: 'web' } })],
      null,
    ],
  ])('is refused where a Service that publishes what is not ready %s', async (_, services, words) => {
    const { api, open, events } = await openRung('probe-pod', [source], { services });
    const error = await refused(open());
    if (words) expect(error).toMatchObject({ code: 'lost', message: expect.stringMatching(words) });
    else expect(error).toBeUndefined();
    expect([api.changes().length, events.length]).toEqual(words ? [0, 0] : [1, 1]);
  });

  it('is refused where nobody may know that', async () => {
    const { api, open } = await openRung('probe-pod', [source], {
      instead: ({ path }, response) => {
        if (path.includes('/services')) json(response, 403, status(403, 'Forbidden', 'no'));
        return path.includes('/services');
      },
    });
    expect(await refused(open())).toMatchObject({
      code: 'forbidden',
      message: expect.stringMatching(/cannot be known/),
    });
    expect(api.changes()).toEqual([]);
  });

  it.each([
    [
      'a node that has no room',
      { phase: 'Failed', reason: 'OutOfcpu', message: 'too much' },
      /^It was not run \(OutOfcpu: too much\)\.$/,
    ],
    [
      'no image',
      { phase: 'Pending', containerStatuses: [{ name: 'probe', state: { waiting: { reason: 'ErrImageNeverPull' } } }] },
      /ErrImageNeverPull/,
    ],
  ])('says why it does not start, and is removed: %s', async (_, podStatus, words) => {
    const { api, open, end, events } = await openRung('probe-pod', [source], { podStatus });
    expect((await refused(open()))?.message).toMatch(words);
    await end();
    expect([...api.pods.keys()]).toEqual(['web-7d9f-x']);
    expect(events.at(-1)?.data).toMatchObject({ outcome: 'removed' });
  });

  it.each([
    ['a peer', { host: '10.244.2.9' }, true],
    ['a name', { name: 'cart.shop.svc' }, true],
    ['loopback', { host: '127.0.0.1', port: 80 }, false],
    ['its own address', { host: '10.244.1.7' }, false],
    ['its own second address, deep inside', { targets: [{ host: 'fd00::7' }] }, false],
  ])('answers for the source about %s: %j', async (_, args, answer) => {
    const { serves } = await openRung('probe-pod', [source]);
    expect(await serves({ where: 'pod', elsewhere: 'look-alike' }, args)).toBe(answer);
  });

  it('does not answer for sockets, for the kernel of a Pod, or for other Pods', async () => {
    const { serves } = await openRung('probe-pod', [source]);
    expect(await serves({ where: 'pod', elsewhere: 'same-network' })).toBe(false);
    expect(await serves({ where: 'anywhere' })).toBe(false);
    expect(await serves({ where: 'pod' })).toBe(false);
    expect(await serves({ where: 'pod', elsewhere: 'look-alike' }, {}, false)).toBe(false);
  });
});

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
    expect(await ways.leftovers.expired('shop', never)).toEqual([
      { namespace: 'shop', name: 'net-triage-a', uid: 'uid-of-net-triage-a', session: 'old' },
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
