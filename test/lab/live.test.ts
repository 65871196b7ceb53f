import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CannotLook } from '../../src/domain/cannot-look.js';
import { type AnyQuery, defineQuery } from '../../src/domain/query.js';
import { createLive, type Live } from '../../src/ports/live/live.js';
import { never, unclean } from '../ports/live/imitation/target.js';
import { apply, isUp, kubeconfig, kubectl } from './cluster.js';

const namespace = `live-ports-${process.pid}`;

const container = (name: string, command: string) => ({
  ...{ name, image: 'lab.local/busybox:1', imagePullPolicy: 'Never', command: ['sh', '-c', command] },
});
const pod = (name: string) => ({
  ...{ apiVersion: 'v1', kind: 'Pod' },
  metadata: { name, namespace, annotations: { 'kubectl.kubernetes.io/default-container': 'till' } },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [container('proxy', 'sleep 100000'), container('till', 'echo cart is open; sleep 100000')],
  },
});
const names = (count: number) => Array.from({ length: count }, (_, index) => `till-${index}`);
const maps = names(620).map((name) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } }));

const query = (name: string, tool: string, argv: string[], limit = 10): AnyQuery =>
  defineQuery({
    ...{ name, where: 'pod', level: 'probe', limit, args: z.strictObject({}) },
    variants: [{ tool, argv: () => argv }],
    parse: ({ stdout }) => stdout,
  });
const queries = {
  resolver: query('resolver', 'cat', ['cat', '/etc/resolv.conf']),
  seven: query('seven', 'sh', ['sh', '-c', 'echo paid; echo late >&2; exit 7']),
  hostile: query('hostile', 'printf', ['printf', '%s\n', '$(id)', "it's", '"', '\\n', '*', '端点']),
  hangs: query('hangs', 'sleep', ['sleep', '60'], 1),
  missing: query('missing', 'no-such-tool', ['no-such-tool']),
};

const opened: Live[] = [];
const as = async (user: string) => {
  const flags = { kubeconfig: kubeconfig(user) };
  const live = await createLive({
    ...{
      flags,
      around: { env: {}, home: '/nowhere' },
      level: () => 'probe',
      queries,
      clean: unclean,
      version: '0',
      session: 'lab',
    },
  });
  opened.push(live);
  return live;
};
const ask = (live: Live, name: string) =>
  live.ask({ port: 'pod', pod: { namespace, name: 'cart' }, query: name, args: {} }, never);
const refused = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as CannotLook,
  );

describe.skipIf(!isUp)('the real API server', () => {
  beforeAll(() => {
    apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, pod('cart'), ...maps]);
    kubectl(['-n', namespace, 'wait', '--for=condition=Ready', 'pod/cart', '--timeout=60s']);
  }, 120_000);
  afterAll(async () => {
    await Promise.all(opened.map((live) => live.close()));
    kubectl(['delete', 'namespace', namespace, '--wait=false']);
  });

  it('tells its version, the own rights, and of managedFields only the last change', async () => {
    const live = await as('admin');
    expect((await live.ask({ port: 'kube', verb: 'version' }, never)).gitVersion).toMatch(/^v1\./);
    const { rules } = await live.ask({ port: 'kube', verb: 'rules', namespace }, never);
    expect(rules).toContainEqual({ verbs: ['*'], apiGroups: ['*'], resources: ['*'], resourceNames: [] });
    const found = await live.ask({ port: 'kube', verb: 'get', kind: 'pods', namespace, name: 'cart' }, never);
    expect(found?.metadata).toMatchObject({ name: 'cart' });
    const [change, ...others] = z.object({ managedFields: z.array(z.unknown()) }).parse(found?.metadata).managedFields;
    expect(others).toEqual([]);
    expect(change).toEqual({ manager: expect.any(String), time: expect.stringMatching(/^\d{4}-/) });
    expect(await live.ask({ port: 'kube', verb: 'get', kind: 'pods', namespace, name: 'gone' }, never)).toBeNull();
  });

  it('lists in pages of 500', async () => {
    const live = await as('admin');
    const found = await live.ask({ port: 'kube', verb: 'list', kind: 'configmaps', namespace }, never);
    expect(found.filter((map) => (map.metadata as { name: string }).name.startsWith('till-'))).toHaveLength(620);
    expect(live.cost().requests).toBe(2);
  });

  it('gives the log of the container that is meant', async () => {
    const live = await as('admin');
    const call = { port: 'kube', verb: 'logs', pod: { namespace, name: 'cart' }, tailLines: 5 } as const;
    expect(await live.ask(call, never)).toBe('cart is open\n');
  });

  it('runs queries of one moment in one exec', async () => {
    const live = await as('admin');
    const [resolver, seven, hostile, hangs, missing] = await Promise.all([
      ...['resolver', 'seven', 'hostile'].map((name) => ask(live, name)),
      ...['hangs', 'missing'].map((name) => refused(ask(live, name))),
    ]);
    expect(resolver).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('nameserver') });
    expect(seven).toMatchObject({ exitCode: 7, stdout: 'paid\n', stderr: 'late\n' });
    expect(hostile).toMatchObject({ stdout: '$(id)\nit\'s\n"\n\\n\n*\n端点\n' });
    expect(hangs).toMatchObject({ code: 'timeout' });
    expect(missing).toMatchObject({ code: 'tool-missing' });
    // The pod for its default container, the look at its programs, the batch.
    expect(live.cost().requests).toBe(3);
  });

  it('answers a query while a slower one of the same exec still runs', async () => {
    const live = await as('admin');
    const order: string[] = [];
    const slow = refused(ask(live, 'hangs')).then(() => order.push('slow'));
    await ask(live, 'resolver').then(() => order.push('fast'));
    expect(order).toEqual(['fast']);
    await slow;
    expect(live.cost().requests).toBe(3);
  });

  it('has containers without a shell, where no query can run', async () => {
    const live = await as('admin');
    const [dns] = await live.ask(
      { port: 'kube', verb: 'list', kind: 'pods', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
      never,
    );
    const { name = '' } = (dns?.metadata ?? {}) as { name?: string };
    const call = { port: 'pod', pod: { namespace: 'kube-system', name }, query: 'resolver', args: {} } as const;
    expect(await refused(live.ask(call, never))).toMatchObject({ code: 'tool-missing' });
  });

  it('refuses exec to who may only look, in its own words', async () => {
    const error = await refused(ask(await as('viewer'), 'resolver'));
    expect(error).toMatchObject({ code: 'forbidden', missing: { resource: 'pods/exec', group: '', namespace } });
    expect(error?.message).toContain('User "viewer"');
  });

  it('names the right that is missing to list', async () => {
    const live = await as('nobody');
    const error = await refused(live.ask({ port: 'kube', verb: 'list', kind: 'pods', namespace }, never));
    expect(error).toMatchObject({
      code: 'forbidden',
      missing: { verb: 'list', resource: 'pods', group: '', namespace },
    });
  });
});
