import { describe, expect, it } from 'vitest';
import { CannotLook } from '../../../../src/domain/cannot-look.js';
import type { JsonObject } from '../../../../src/domain/json.js';
import { json, status } from '../imitation/api.js';
import { source } from '../imitation/pods.js';
import { image, openRung, refused } from './made-of.js';

const started = (state: object) => ({ waiting: {}, ...state });
const waiting = (reason: string, message = '') => ({ waiting: { reason, message } });

describe('an ephemeral container', () => {
  it('is added to the Pod, without any right, and is told of at once', async () => {
    const { api, open, events } = await openRung('ephemeral', [source]);
    const footing = await open();
    const [{ method, path, type, body } = {}, ...others] = api.changes();
    expect([method, path, others]).toEqual([
      'PATCH',
      '/api/v1/namespaces/shop/pods/web-7d9f-x/ephemeralcontainers',
      [],
    ]);
    expect(type).toBe('application/strategic-merge-patch+json');
    const name = expect.stringMatching(/^net-triage-[0-9a-f]{10}$/) as string;
    const securityContext = {
      ...{ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, runAsUser: 65_532 },
      seccompProfile: { type: 'RuntimeDefault' },
    };
    expect(body).toMatchObject({ spec: { ephemeralContainers: [{ name, image, securityContext }] } });
    expect(JSON.stringify(body)).not.toContain('targetContainerName');
    expect(footing).toMatchObject({ access: 'ephemeral', at: expect.stringContaining('of pod shop/web-7d9f-x') });
    const data = {
      kind: 'ephemeral-container',
      namespace: 'shop',
      pod: 'web-7d9f-x',
      container: name,
      uid: 'uid-of-web',
    };
    expect(events).toEqual([
      { type: 'resource.created', data: { ...data, image, expires: '2026-11-21T00:30:00.000Z' } },
    ]);
  });

  it('is added once, also for many that ask', async () => {
    const { api, open } = await openRung('ephemeral', [source]);
    await Promise.all([open(), open(), open()]);
    expect(api.changes()).toHaveLength(1);
  });

  it('is waited for until it runs', async () => {
    let looks = 0;
    let name: unknown;
    const { open } = await openRung('ephemeral', [source], {
      instead: ({ method, body }, response) => {
        if (method === 'PATCH')
          name = (body.spec as { ephemeralContainers: JsonObject[] }).ephemeralContainers[0]?.name;
        if (method !== 'GET' || name === undefined) return false;
        looks += 1;
        const state = looks < 3 ? waiting('ContainerCreating') : { running: {} };
        json(response, 200, { ...source, status: { ...source.status, ephemeralContainerStatuses: [{ name, state }] } });
        return true;
      },
    });
    expect((await open()).at).toBe(`container ${name} of pod shop/web-7d9f-x`);
    expect(looks).toBe(3);
  });

  it.each([
    ['ErrImageNeverPull', waiting('ErrImageNeverPull'), /^It cannot start: ErrImageNeverPull\.$/],
    ['ImagePullBackOff', waiting('ImagePullBackOff', 'Back-off pulling image'), /ImagePullBackOff: Back-off pulling/],
    ['CreateContainerConfigError', waiting('CreateContainerConfigError', 'no'), /CreateContainerConfigError: no/],
    ['a long story', waiting('ErrImagePull', 'x'.repeat(500)), /^It cannot start: ErrImagePull: x{160} \.\.\.\.$/],
    [
      'an image without a shell',
      started({ terminated: { reason: 'StartError' } }),
      /^It ended at once \(StartError\)\.$/,
    ],
  ])('that does not start says why: %s', async (_, state, words) => {
    const { open, events, end, ran } = await openRung('ephemeral', [source], { state });
    expect(await refused(open())).toMatchObject({ code: 'lost', message: expect.stringMatching(words) });
    expect((await refused(open()))?.message).toMatch(words);
    await end();
    expect(events.map(({ type }) => type)).toEqual(['resource.created', 'resource.removed']);
    expect(events[1]?.data).toMatchObject({ outcome: 'left', why: expect.stringMatching(words) });
    expect(ran).toEqual([]);
  });

  it.each([
    ['patch', 'pods/ephemeralcontainers', ['create'], ['pods/exec']],
    ['create', 'pods/exec', ['patch'], ['pods/ephemeralcontainers']],
  ])('is not tried without the right to %s %s', async (verb, resource, verbs, resources) => {
    const rules = [{ verbs, apiGroups: [''], resources, resourceNames: [] }];
    const { api, open } = await openRung('ephemeral', [source], { rules });
    expect(await refused(open())).toMatchObject({ code: 'forbidden', missing: { verb, resource, namespace: 'shop' } });
    expect(api.log).toEqual([]);
  });

  it('that a policy refuses says so in its words', async () => {
    const message = 'pods "web-7d9f-x" is forbidden: violates PodSecurity "restricted:latest": host namespaces';
    const { open, events } = await openRung('ephemeral', [source], {
      instead: ({ method }, response) => {
        if (method === 'PATCH') json(response, 403, status(403, 'Forbidden', message));
        return method === 'PATCH';
      },
    });
    expect(await refused(open())).toMatchObject({ code: 'forbidden', message: `The cluster refuses it: ${message}` });
    expect(events).toEqual([]);
  });

  it.each([
    [
      'a static Pod',
      { metadata: { ...source.metadata, annotations: { 'kubernetes.io/config.mirror': 'x' } } },
      /static/,
    ],
    ['one that has ended', { status: { phase: 'Succeeded' } }, /has ended/],
    ['one on Windows', { spec: { ...source.spec, os: { name: 'windows' } } }, /Windows/],
    ['none', { metadata: { ...source.metadata, name: 'other' } }, /does not exist/],
  ])('is not added to %s', async (_, change, words) => {
    const { api, open } = await openRung('ephemeral', [{ ...source, ...change }]);
    expect((await refused(open()))?.message).toMatch(words);
    expect(api.changes()).toEqual([]);
  });

  it('answers for the source alone, and for what its network decides', async () => {
    const { serves } = await openRung('ephemeral', [source]);
    expect(await serves({ where: 'pod', elsewhere: 'same-network' })).toBe(true);
    expect(await serves({ where: 'pod', elsewhere: 'look-alike' }, { host: '127.0.0.1' })).toBe(true);
    expect(await serves({ where: 'anywhere' })).toBe(true);
    expect(await serves({ where: 'pod' })).toBe(false);
    expect(await serves({ where: 'pod', elsewhere: 'look-alike' }, {}, false)).toBe(false);
  });
});

describe('at the end', () => {
  it('what runs in it is ended, by its mark and nothing else', async () => {
    const { open, end, events, ran } = await openRung('ephemeral', [source]);
    await open();
    await end();
    const { container: name = '' } = events[0]?.data ?? {};
    expect(ran.map(({ argv }) => argv.slice(3))).toEqual([['net-triage', name.slice(0, 4), name.slice(4)]]);
    expect(events.at(-1)?.data).toMatchObject({ outcome: 'ended', container: name });
    await end();
    expect(events).toHaveLength(2);
  });

  it('may take the program along that ended it', async () => {
    const seen = { killed: false };
    const { api, open, end, events } = await openRung('ephemeral', [source], {
      run: () => {
        seen.killed = true;
        const found = api.pods.get('web-7d9f-x') as unknown as { status: { ephemeralContainerStatuses: object[] } };
        found.status.ephemeralContainerStatuses = [{ name: 'x', state: { terminated: { exitCode: 0 } } }];
        throw new CannotLook('lost', 'exit code 137');
      },
    });
    await open();
    await end();
    expect(seen.killed).toBe(true);
    expect(events.at(-1)?.data).toMatchObject({ outcome: 'ended' });
  });

  it('has gone with its Pod', async () => {
    const { api, open, end, events } = await openRung('ephemeral', [source]);
    await open();
    api.pods.set('web-7d9f-x', { ...source, metadata: { ...source.metadata, uid: 'another' } } as never);
    await end();
    expect(events.at(-1)?.data).toMatchObject({ outcome: 'removed' });
  });
});

describe('a session that goes on', () => {
  const leftBy = async (state: object) => {
    const { open, api } = await openRung('ephemeral', [source], { state });
    await refused(open());
    return [...api.pods.values()];
  };

  it('takes the container that it has added before', async () => {
    const { api, open, events } = await openRung('ephemeral', await leftBy({ running: {} }));
    await open();
    expect(api.changes()).toEqual([]);
    expect(events).toHaveLength(1);
  });

  it('adds another where that has ended', async () => {
    const { api, open } = await openRung('ephemeral', await leftBy({ terminated: { reason: 'Completed' } }));
    await open();
    expect(api.changes()[0]?.body).toMatchObject({
      spec: { ephemeralContainers: [{ name: expect.stringMatching(/^net-triage-[0-9a-f]{10}-2$/) }] },
    });
  });

  it('has nothing to do with the containers of others', async () => {
    const { api, open } = await openRung('ephemeral', await leftBy({ running: {} }), { session: 'another' });
    await open();
    expect(api.changes()).toHaveLength(1);
  });
});
