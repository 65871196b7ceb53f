import { describe, expect, it } from 'vitest';
import type { CannotLook } from '../../../src/domain/cannot-look.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { ResourceEvent } from '../../../src/domain/resource.js';
import type { Exec } from '../../../src/ports/live/exec.js';
import { createMade } from '../../../src/ports/live/rungs/made.js';
import { createPodsApi } from '../../../src/ports/live/rungs/pods-api.js';
import { createDebugRung } from '../../../src/ports/node/debug-rung.js';
import { json, status } from '../live/imitation/api.js';
import { type Behaviour, startPods } from '../live/imitation/pods.js';
import { never, targetAt, unclean, wire } from '../live/imitation/target.js';
import { everything } from '../live/rungs/made-of.js';

interface Given extends Behaviour {
  readonly image?: string | undefined;
  readonly may?: boolean;
  readonly verbs?: readonly string[];
  /** The node has no shell of its own. */
  readonly bare?: boolean;
}

const image = 'tools.example/probe:1';
const session = '20261121T104029Z-cart';

const nodeBefore = async ({ may = true, bare = false, verbs, ...given }: Given = {}) => {
  const api = await startPods([], given);
  const { transport } = wire(targetAt(api.url), { level: 'node' });
  const events: ResourceEvent[] = [];
  const ran: (readonly string[])[] = [];
  const asked: object[] = [];
  const closing = new AbortController();
  const made = createMade((event) => events.push(event));
  const exec: Exec = async ({ argv }) => {
    ran.push(argv);
    const bytes = Buffer.from(argv.join(' '));
    const exitCode = bare && argv[0] === 'chroot' ? 127 : 0;
    return { ended: 'status', exitCode, message: '', stdout: bytes, stderr: Buffer.alloc(0), durationMs: 1 };
  };
  const rung = createDebugRung({
    ...{ exec, namespace: 'shop', image: 'image' in given ? given.image : image },
    consent: async (about) => {
      asked.push(about);
      return may;
    },
    making: {
      ...{ session, made, pods: createPodsApi(transport, unclean), closing: closing.signal, settling: 0 },
      rulesOf: async () => ({ rules: [verbs ? { ...everything, verbs } : everything], incomplete: false }),
      now: () => Date.UTC(2026, 10, 21),
    },
  });
  const end = () => {
    closing.abort(new Error('closed'));
    return made.removeAll(AbortSignal.timeout(9_000));
  };
  return { api, events, ran, asked, end, open: () => rung.open('node-b', never) };
};
const refused = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as CannotLook,
  );
const posted = ({ changes }: Awaited<ReturnType<typeof startPods>>) =>
  changes().find(({ method }) => method === 'POST')?.body as JsonObject;

describe('a Pod on the node', () => {
  it('sees its network, processes and files, changes none, and ends by itself', async () => {
    const { api, asked, open } = await nodeBefore();
    await open();
    const { metadata, spec } = posted(api) as { metadata: { name: string; labels: object }; spec: object };
    expect(metadata.labels).toEqual({
      ...{ 'net-triage/made': 'node-pod', 'net-triage/session': session },
      'net-triage/expires': '20261121T003000Z',
    });
    expect(asked).toEqual([{ namespace: 'shop', name: metadata.name, node: 'node-b', image }]);
    expect(spec).toMatchObject({
      ...{ nodeName: 'node-b', hostNetwork: true, hostPID: true, activeDeadlineSeconds: 1800 },
      ...{ tolerations: [{ operator: 'Exists' }], automountServiceAccountToken: false, restartPolicy: 'Never' },
      containers: [
        {
          ...{ image, resources: { requests: { cpu: '10m' }, limits: { memory: '256Mi' } } },
          volumeMounts: [{ mountPath: '/host', readOnly: true }],
        },
      ],
    });
    expect(JSON.stringify(spec)).not.toContain('"privileged"');
  });

  it('asks the programs of the node, and those of the image only about the kernel', async () => {
    const { open, ran } = await nodeBefore();
    const shell = await open();
    await shell.exec({ argv: ['iptables-save', '-c'], deadline: 1_000 }, never);
    expect(ran.at(-1)?.slice(0, 3)).toEqual(['chroot', '/host', '/bin/sh']);
    expect(ran.at(-1)?.slice(-2)).toEqual(['iptables-save', '-c']);
    expect(shell.answersFor).toBeUndefined();
    await shell.beside?.exec({ argv: ['tcpdump', '-i', 'any'], deadline: 1_000 }, never);
    expect(ran.at(-1)).toEqual(['tcpdump', '-i', 'any']);
  });

  it('has only the programs of the image where the node has no shell', async () => {
    const shell = await (await nodeBefore({ bare: true })).open();
    expect(shell.beside).toBeUndefined();
    const said = [
      ['ip', '-j', 'addr'],
      ['timeout', '-k', '1', '12', 'tcpdump', '-i', 'any'],
      ['nsenter', '-t', '456', '-n', '--', 'timeout', '-k', '1', '12', 'tcpdump', '-i', 'any'],
      ['nsenter', '-t', '1', '-m', '--', 'ip', 'addr'],
      ['cat', '/proc/net/packet', '/proc/sys/net/ipv4/ip_forward'],
      ['cat', '/etc/cni/net.d/10-flannel.conflist'],
      ['cat', '/proc/1/root/etc/hosts'],
      ['cat'],
      ['grep', '-ls', 'cart', '/proc/1/cgroup'],
      ['crictl', 'ps'],
    ].map((argv) => shell.answersFor?.(argv));
    expect(said).toEqual([true, true, true, false, true, false, false, false, false, false]);
  });

  it('is removed at the end, by its uid', async () => {
    const { api, events, end, open } = await nodeBefore();
    await open();
    expect(api.pods.size).toBe(1);
    await end();
    expect(api.pods.size).toBe(0);
    expect(api.changes().at(-1)?.body).toMatchObject({ preconditions: { uid: expect.stringMatching(/^uid-of-/) } });
    expect(events).toMatchObject([
      {
        type: 'resource.created',
        data: { kind: 'node-pod', container: 'node', image, expires: '2026-11-21T00:30:00.000Z' },
      },
      { type: 'resource.removed', data: { kind: 'node-pod', outcome: 'removed' } },
    ]);
  });

  it('is removed where it never came to run', async () => {
    const waiting = { waiting: { reason: 'ImagePullBackOff', message: 'no such image' } };
    const { api, end, open } = await nodeBefore({ state: waiting });
    expect(await refused(open())).toMatchObject({
      code: 'lost',
      message: 'By a Pod in shop: It cannot start: ImagePullBackOff: no such image.',
    });
    await end();
    expect(api.pods.size).toBe(0);
  });
});

describe('no Pod is made', () => {
  it.each<[string, Given, string, RegExp]>([
    ['without an image', { image: undefined }, 'tool-missing', /--probe-image REF would name one/],
    ['without a yes', { may: false }, 'forbidden', /Nobody agreed to a Pod on node node-b/],
    ['without the right', { verbs: ['get', 'list'] }, 'forbidden', /right that is missing: create pods in shop/],
  ])('%s', async (_, given, code, message) => {
    const { api, events, open } = await nodeBefore(given);
    expect(await refused(open())).toMatchObject({ name: 'CannotLook', code, message: expect.stringMatching(message) });
    expect([api.changes(), events]).toEqual([[], []]);
  });

  it('where Pod Security forbids it, in its own words', async () => {
    const words =
      'pods "net-triage-a" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true)';
    const { events, open } = await nodeBefore({
      instead: ({ method }, response) => {
        if (method === 'POST') json(response, 403, status(403, 'Forbidden', words));
        return method === 'POST';
      },
    });
    const error = await refused(open());
    expect(error).toMatchObject({ name: 'CannotLook', code: 'forbidden' });
    expect(error?.message).toBe(`By a Pod in shop: The cluster refuses it: ${words}`);
    expect(events).toEqual([]);
  });
});
