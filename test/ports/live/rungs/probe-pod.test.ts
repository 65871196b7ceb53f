import { describe, expect, it } from 'vitest';
import { json, status } from '../imitation/api.js';
import { source } from '../imitation/pods.js';
import { created, publishing, service } from './changes.js';
import { image, openRung, refused } from './made-of.js';

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
