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

const apiServer = async (seen: string[], more: Record<string, unknown[]> = {}) => {
  server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    seen.push(`${request.method} ${path}`);
    response.setHeader('content-type', 'application/json');
    const items = more[path] ?? lists[path];
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
      'GET /api/v1/namespaces/shop/pods',
      'GET /api/v1/namespaces/shop/services',
      'GET /api/v1/nodes',
      'GET /apis/discovery.k8s.io/v1/namespaces/shop/endpointslices',
      'GET /apis/networking.k8s.io/v1/namespaces/shop/networkpolicies',
    ]);
  });

  it('never answers as if the policies of another engine were not there', async () => {
    const open = { '/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies': [] };
    const home = await homeOf(await apiServer([], { ...open, ...cilium }));
    const { code, out } = await run(['policy', 'eval', '-o', 'json', ...flow], home);
    expect(JSON.parse(out)).toMatchObject({
      allowed: false,
      ingress: { policies: [{ kind: 'CiliumNetworkPolicy', namespace: 'shop', name: 'quiet' }] },
    });
    expect(code).toBe(3);
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
