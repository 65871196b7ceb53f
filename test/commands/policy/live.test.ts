import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary.js';
import { run } from '../process.js';

const pod = (name: string) => ({
  metadata: { namespace: 'shop', name, labels: { app: name } },
  spec: { nodeName: 'node-a', containers: [{ name: 'web' }] },
  status: { phase: 'Running', podIP: name === 'cart' ? '10.0.0.2' : '10.0.0.1' },
});

const lists: Record<string, unknown[]> = {
  '/api/v1/namespaces/shop/pods': [pod('cart'), pod('checkout')],
  '/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies': [
    { metadata: { namespace: 'shop', name: 'closed' }, spec: { podSelector: {} } },
  ],
  '/api/v1/namespaces': [{ metadata: { name: 'shop' } }, { metadata: { name: 'till' } }],
};

const cilium: Record<string, unknown[]> = {
  '/apis/cilium.io/v2/namespaces/shop/ciliumnetworkpolicies': [
    {
      metadata: { namespace: 'shop', name: 'quiet' },
      spec: { endpointSelector: { matchLabels: { app: 'cart' } }, ingress: [{}] },
    },
  ],
  '/apis/cilium.io/v2/ciliumclusterwidenetworkpolicies': [],
  '/apis/cilium.io/v2/ciliumcidrgroups': [],
};

// A group that is not installed has no lists: the answer is about the path, not about an object.
const isCore = (path: string) => /^\/api\/v1\/|^\/apis\/(networking|discovery)\.k8s\.io\//.test(path);
const noSuchPath = {
  ...{ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', reason: 'NotFound', details: {}, code: 404 },
  message: 'the server could not find the requested resource',
};

let server: Server | undefined;
afterEach(() => void server?.close());

const homeOf = async (port: number) => {
  const home = await temporaryFolder();
  await mkdir(join(home, '.kube'));
  const config = {
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'shop' },
    contexts: [{ name: 'shop', context: { cluster: 'shop', user: 'mira', namespace: 'shop' } }],
    clusters: [{ name: 'shop', cluster: { server: `http://127.0.0.1:${port}` } }],
    users: [{ name: 'mira', user: { token: 'opensesame' } }],
  };
  await writeFile(join(home, '.kube/config'), JSON.stringify(config));
  return home;
};

const refusal = {
  ...{ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', reason: 'Forbidden', code: 403 },
  message: 'nodes is forbidden: User "mira" cannot list resource "nodes" in API group "" at the cluster scope',
};

const agents = '/api/v1/namespaces/kube-system/configmaps/cilium-config';
const absent = { ...noSuchPath, message: 'configmaps "cilium-config" not found', details: { name: 'cilium-config' } };
const modeIs = (mode: string) => ({
  ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'kube-system', name: 'cilium-config' } },
  data: { 'enable-policy': mode },
});

const apiServer = async (seen: string[], more: Record<string, unknown[] | 'forbidden'> = {}, told?: object) => {
  server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    seen.push(`${request.method} ${path}`);
    response.setHeader('content-type', 'application/json');
    const items = more[path] ?? lists[path];
    if (items === 'forbidden') return response.writeHead(403).end(JSON.stringify(refusal));
    if (path === agents)
      return told ? response.end(JSON.stringify(told)) : response.writeHead(404).end(JSON.stringify(absent));
    if (!items && !isCore(path)) return response.writeHead(404).end(JSON.stringify(noSuchPath));
    return response.end(JSON.stringify({ kind: 'List', apiVersion: 'v1', metadata: {}, items: items ?? [] }));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

const flow = ['--from', 'pod/checkout', '--to', 'pod/cart:80'];

describe('policy eval without files', () => {
  it('asks the cluster for the namespaces of the flow, and says what it did not read', async () => {
    const seen: string[] = [];
    const { code, out, err } = await run(
      ['policy', 'eval', '-o', 'json', ...flow],
      await homeOf(await apiServer(seen)),
    );
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({
      allowed: false,
      ingress: {
        allowed: false,
        policies: [
          { kind: 'NetworkPolicy', namespace: 'shop', name: 'closed', rule: null, where: 'NetworkPolicy shop/closed' },
        ],
      },
      remarks: [expect.stringContaining('policies of the cluster and of shop were read')],
    });
    expect(code).toBe(3);
    expect(seen.filter((one) => isCore(one.replace('GET ', ''))).sort()).toEqual([
      'GET /api/v1/namespaces',
      'GET /api/v1/namespaces/kube-system/configmaps/cilium-config',
      'GET /api/v1/namespaces/shop/pods',
      'GET /api/v1/namespaces/shop/services',
      'GET /api/v1/nodes',
      'GET /apis/discovery.k8s.io/v1/namespaces/shop/endpointslices',
      'GET /apis/networking.k8s.io/v1/namespaces/shop/networkpolicies',
    ]);
  });

  it('never answers as if the policies of another engine were not there', async () => {
    const open = { '/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies': [] };
    const home = await homeOf(await apiServer([], { ...open, ...cilium }, modeIs('default')));
    const { code, out } = await run(['policy', 'eval', '-o', 'json', ...flow], home);
    expect(JSON.parse(out)).toMatchObject({
      allowed: false,
      ingress: { policies: [{ kind: 'CiliumNetworkPolicy', namespace: 'shop', name: 'quiet' }] },
    });
    expect(code).toBe(3);
  });

  it('asks in which mode Cilium enforces policies, and assumes none where that cannot be read', async () => {
    const judge = async (more: Parameters<typeof apiServer>[1], told?: object, ...flags: string[]) => {
      const home = await homeOf(await apiServer([], { ...cilium, ...more }, told));
      const { code, out } = await run(['policy', 'eval', '-o', 'json', ...flow, ...flags], home);
      return { code, ...JSON.parse(out) };
    };
    expect(await judge({}, modeIs('never'))).toMatchObject({
      ...{ code: 0, allowed: true },
      problems: [
        { message: expect.stringContaining('no policy has an effect'), path: expect.stringContaining('cilium-config') },
      ],
    });
    const unsure = { code: 5, allowed: null, reason: expect.stringContaining('could not be read') };
    expect(await judge({})).toMatchObject(unsure);
    expect(await judge({ [agents]: 'forbidden' })).toMatchObject(unsure);
    expect(await judge({ [agents]: 'forbidden' }, undefined, '--cilium-policy', 'default')).toMatchObject({ code: 3 });
    const open = { '/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies': [] };
    const none = { ...open, '/apis/cilium.io/v2/namespaces/shop/ciliumnetworkpolicies': [] };
    expect(await judge(none, modeIs('always'), '--engine', 'cilium')).toMatchObject({
      ...{ code: 3, allowed: false },
      egress: {
        policies: [{ kind: 'ConfigMap', name: 'cilium-config', where: 'ConfigMap kube-system/cilium-config' }],
      },
    });
  });

  it('ends with 4 where the cluster does not answer, and with 2 without a kubeconfig', async () => {
    // Port 9 is discard: nobody answers there.
    expect((await run(['policy', 'eval', ...flow], await homeOf(9))).code).toBe(4);
    const { code, err } = await run(['policy', 'eval', ...flow], await temporaryFolder());
    expect(code).toBe(2);
    expect(err).not.toContain('bug of net-triage');
  });
});

describe('policy matrix without files', () => {
  it('reads the namespaces that it is told, and says what stands outside of them', async () => {
    const seen: string[] = [];
    const home = await homeOf(await apiServer(seen));
    const { code, out } = await run(['policy', 'matrix', '-o', 'json', '--namespaces', 'shop', 'till'], home);
    const { connections, problems } = JSON.parse(out);
    const inside = connections.filter(({ from, to }: { from: string; to: string }) => /^shop.*shop/.test(from + to));
    expect(inside).toEqual([]);
    expect(connections).toContainEqual({ from: 'shop/cart', to: '0.0.0.0/0', protocol: '*', ports: '*' });
    expect(problems).toEqual([
      { severity: 'info', message: expect.stringContaining('of shop, till were read'), path: 'shop, till' },
    ]);
    expect(seen).toContain('GET /api/v1/namespaces/till/pods');
    expect(code).toBe(0);
  });

  it('takes the namespace of the context where none is named, and no name that is none', async () => {
    const seen: string[] = [];
    const home = await homeOf(await apiServer(seen));
    expect((await run(['policy', 'matrix'], home)).code).toBe(0);
    expect(seen).toContain('GET /api/v1/namespaces/shop/pods');
    const { code, err } = await run(['policy', 'matrix', '--namespaces', 'shop', '../nodes'], home);
    expect([code, err]).toEqual([2, '--namespaces: "../nodes" is no name of a namespace.\n']);
    const lost = await run(['policy', 'matrix', '--namespaces', 'shop', 'yard'], home);
    expect([lost.code, lost.err]).toEqual([2, 'There is no namespace yard in this cluster.\n']);
  });
});

describe('policy diff without files to compare with', () => {
  const opened = {
    ...{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { namespace: 'shop', name: 'closed' } },
    spec: { podSelector: { matchLabels: { app: 'cart' } }, ingress: [{ ports: [{ port: 80 }] }] },
  };

  it('tells what files would change in the cluster, were they applied', async () => {
    const home = await homeOf(await apiServer([]));
    await writeFile(join(home, 'new.yaml'), JSON.stringify(opened));
    const { code, out } = await run(['policy', 'diff', '-o', 'json', '--resources', 'new.yaml'], home);
    const any = { protocol: '*', ports: '*' };
    expect(JSON.parse(out)).toEqual({
      appeared: [
        { from: 'shop/cart', to: 'shop/checkout', ...any },
        { from: 'shop/checkout', to: 'shop/cart', protocol: 'TCP', ports: '80' },
        { from: '0.0.0.0/0', to: 'shop/cart', protocol: 'TCP', ports: '80' },
        { from: '0.0.0.0/0', to: 'shop/checkout', ...any },
      ],
      vanished: [],
      problems: [],
    });
    expect(code).toBe(0);
  });

  it('needs files', async () => {
    const { code, err } = await run(['policy', 'diff'], await homeOf(9));
    expect([code, err]).toEqual([2, expect.stringContaining('write --resources NEW')]);
  });
});

describe('somebody who may not list nodes', () => {
  const unread = { '/api/v1/nodes': 'forbidden' } as const;
  const judge = async (from: string) => {
    const home = await homeOf(await apiServer([], unread));
    const { code, out } = await run(['policy', 'eval', '-o', 'json', '--from', from, '--to', 'pod/cart:80'], home);
    return { code, ...JSON.parse(out) };
  };

  it('is told what does not depend on nodes', async () => {
    expect(await judge('pod/checkout')).toMatchObject({ code: 3, allowed: false });
    expect(await judge('node/node-a')).toMatchObject({
      ...{ code: 0, allowed: true },
      remarks: expect.arrayContaining([expect.stringContaining('the nodes were not read')]),
    });
  });

  it('is told that the rest cannot be known, and why', async () => {
    for (const from of ['192.168.0.11', 'control-plane'])
      expect(await judge(from)).toMatchObject({
        ...{ code: 5, allowed: null },
        reason: expect.stringContaining('the nodes were not read, since the right to list them is missing'),
      });
  });

  it('gets a matrix and a comparison that say what they lack', async () => {
    const home = await homeOf(await apiServer([], unread));
    const nodes = { severity: 'warning', message: expect.stringContaining('the nodes were not read') };
    const drawn = await run(['policy', 'matrix', '-o', 'json'], home);
    expect([drawn.code, JSON.parse(drawn.out).problems]).toEqual([
      0,
      expect.arrayContaining([{ ...nodes, path: 'shop' }]),
    ]);
    const peer = { action: 'Deny', to: [{ nodes: { matchLabels: { zone: 'west' } } }] };
    const policy = {
      ...{ apiVersion: 'policy.networking.k8s.io/v1alpha1', kind: 'AdminNetworkPolicy', metadata: { name: 'west' } },
      spec: { priority: 1, subject: { namespaces: {} }, egress: [peer] },
    };
    await writeFile(join(home, 'new.yaml'), JSON.stringify(policy));
    const compared = await run(['policy', 'diff', '-o', 'json', '--resources', 'new.yaml'], home);
    expect(JSON.parse(compared.out)).toMatchObject({ appeared: [] });
    expect(JSON.parse(compared.out).problems).toEqual([
      { ...nodes, path: 'new.yaml:1' },
      { severity: 'warning', message: expect.stringContaining('2 pairs are left out'), path: 'new.yaml:1' },
    ]);
  });
});
