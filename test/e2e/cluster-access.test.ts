import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { json, status } from '../ports/live/imitation/api.js';
import { freshHome, kubeconfigFor } from './support/home.js';
import { document, flow, openShop } from './support/open-shop.js';
import { reportOf, run } from './support/program.js';

describe('a kubeconfig that leads nowhere', () => {
  it.each([
    ['is not there', undefined, /No cluster is configured: .*\/\.kube\/config.*--kubeconfig or KUBECONFIG/],
    ['is broken YAML', 'apiVersion: v1\nclusters:\n- name: [shop\n', /kubeconfig:4:1: Flow sequence [^\n]*\]\.?\n$/],
    ['is no YAML at all', '\u0000\u0001binary', /kubeconfig:1:1: /],
    ['names no server', kubeconfigFor(''), /cluster "shop" has no server address/],
    [
      'names a server that is no URL',
      kubeconfigFor('ftp://shop'),
      /not an http:\/\/ or https:\/\/ address: ftp:\/\/shop/,
    ],
    [
      'has a cluster of a wrong form',
      '{"apiVersion":"v1","kind":"Config","clusters":"shop"}',
      /kubeconfig:1:\d+: clusters: /,
    ],
  ])('%s', async (_, text, sentence) => {
    const home = await freshHome();
    const named = text === undefined ? [] : ['--kubeconfig', home.write('kubeconfig', text)];
    const ran = await run(['run', ...document, ...flow, ...named], home);
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringMatching(sentence) });
    expect(reportOf(ran)).toMatchObject({
      error: { code: 'KubeconfigProblem', message: ran.stderr.trim() },
      checks: [],
    });
    expect(home.ids()).toEqual([]);
  });

  it('tells a file that does not exist, and a context that is called a little differently', async () => {
    const home = await freshHome();
    const ask = ['run', ...document, ...flow];
    const missing = await run([...ask, '--kubeconfig', '/nowhere/config'], home);
    expect(missing).toMatchObject({ code: 2, stderr: 'The kubeconfig /nowhere/config does not exist.\n' });
    const named = home.write('kubeconfig', kubeconfigFor('http://127.0.0.1:1'));
    const unknown = await run([...ask, '--kubeconfig', named, '--context', 'shop-tset'], home);
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringMatching(/no context "shop-tset".*shop-test/) });
  });
});

type Answer = (response: ServerResponse) => void;

const broken: readonly (readonly [string, Answer, string, RegExp])[] = [
  [
    'does not accept the token',
    (r) => json(r, 401, status(401, 'Unauthorized', 'Unauthorized')),
    'unauthenticated',
    /does not accept the credentials .*log in again/,
  ],
  [
    'allows nothing at all',
    (r) => json(r, 403, status(403, 'Forbidden', 'User "cashier" may not')),
    'forbidden',
    /does not allow "(get \/version|create selfsubjectrulesreviews)".*User "cashier" may not/,
  ],
  [
    'is always too busy',
    (r) => json(r, 429, status(429, 'TooManyRequests', 'slow down'), { 'retry-after': '0' }),
    'lost',
    /too many, three times over \(HTTP 429\): slow down/,
  ],
  [
    'fails',
    (r) => json(r, 500, status(500, 'InternalError', 'etcdserver: leader changed')),
    'unreachable',
    /failed \(HTTP 500\): etcdserver: leader changed/,
  ],
  [
    'is hidden by a proxy',
    (r) => r.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad gateway</html>'),
    'unreachable',
    /web page instead of the API server \(HTTP 502\)/,
  ],
  [
    'stops in the middle',
    (r) => void r.writeHead(200, { 'content-length': 1000 }).write('{"kind":', () => r.destroy()),
    'unreachable',
    /closed the connection in the middle/,
  ],
  [
    'speaks another language',
    (r) => r.writeHead(200).end(Buffer.from([0, 1, 255, 254])),
    'lost',
    /not the JSON of a Kubernetes object/,
  ],
];

describe('an API server that', () => {
  it.each(broken)('%s', async (_, answer, code, sentence) => {
    const shop = await openShop(
      {
        instead: (_request, response) => {
          answer(response);
          return true;
        },
      },
      { token: 'stale' },
    );
    const ran = await shop.triage();
    expect(ran).toMatchObject({ code: 4, stderr: expect.stringMatching(sentence) });
    const [first, kept] = ran.stderr.trim().split('\n');
    const [id] = shop.home.ids();
    expect(reportOf(ran)).toMatchObject({
      session: { id, context: 'shop-test', flow: { from: 'pod/shop/checkout', to: 'svc/shop/cart' } },
      verdict: { result: 'inconclusive' },
      error: { code, message: first },
    });
    expect(kept).toBe(`What it found is kept in ${shop.home.session()}; go on with: net-triage session resume ${id}`);
    expect(await shop.verify()).toMatchObject({ code: 0 });
  });

  it('refuses the connection', async () => {
    const home = await freshHome();
    const access = ['--kubeconfig', home.write('kubeconfig', kubeconfigFor('http://127.0.0.1:1'))];
    const ran = await run(['run', ...document, ...flow, ...access], home);
    expect(ran).toMatchObject({ code: 4, stderr: expect.stringContaining('127.0.0.1:1 refuses the connection') });
    expect(reportOf(ran).error).toMatchObject({ code: 'unreachable' });
  });

  it('never answers', async () => {
    const hole = createServer(() => {}).listen(0, '127.0.0.1');
    onTestFinished(() => void hole.close());
    await new Promise((resolve) => hole.once('listening', resolve));
    const home = await freshHome();
    const { port } = hole.address() as AddressInfo;
    const access = ['--kubeconfig', home.write('kubeconfig', kubeconfigFor(`http://127.0.0.1:${port}`))];
    const ran = await run(['run', ...document, ...flow, ...access, '--request-timeout', '500ms'], home);
    expect(ran).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/did not answer within 0.5 seconds \(--request-timeout\)/),
    });
    expect(reportOf(ran).error).toMatchObject({ code: 'unreachable' });
  });

  it('comes back is gone on with, and the verdict is reached', async () => {
    let sick = true;
    const shop = await openShop({
      instead: (_, response) => {
        if (sick) json(response, 500, status(500, 'InternalError', 'etcdserver: no leader'));
        return sick;
      },
    });
    expect(await shop.triage()).toMatchObject({ code: 4 });
    sick = false;
    const ran = await shop.resume();
    expect(ran).toMatchObject({ code: 3, stderr: '' });
    expect(reportOf(ran)).toMatchObject({
      session: { id: shop.home.ids()[0] },
      verdict: { causes: [{ id: 'SVC-01' }] },
    });
    expect(await shop.verify()).toMatchObject({ code: 0 });
  });

  it('asks to wait is waited for', async () => {
    let busy = 3;
    const shop = await openShop({
      instead: (_, response) => {
        busy -= 1;
        if (busy >= 0) json(response, 429, status(429, 'TooManyRequests', 'slow down'), { 'retry-after': '0' });
        return busy >= 0;
      },
    });
    expect(reportOf(await shop.triage())).toMatchObject({ verdict: { causes: [{ id: 'SVC-01' }] } });
  });

  it('fails at one kind of object spoils the checks of that kind only', async () => {
    const shop = await openShop({
      instead: (request, response) => {
        const isSlices = request.url?.includes('endpointslices') ?? false;
        if (isSlices) json(response, 500, status(500, 'InternalError', 'etcdserver: leader changed'));
        return isSlices;
      },
    });
    const ran = await shop.triage();
    expect(ran).toMatchObject({ code: 3, stderr: '' });
    expect(reportOf(ran).verdict.causes[0]).toMatchObject({ id: 'SVC-01' });
  });

  it('hides every object behind a denial: no verdict, and the missing rights by name', async () => {
    const shop = await openShop({
      instead: (request, response) => {
        const isRead = request.method === 'GET' && request.url !== '/version';
        if (isRead) json(response, 403, status(403, 'Forbidden', 'User "cashier" may not'));
        return isRead;
      },
    });
    const ran = await shop.triage();
    expect(ran.code).toBe(4);
    const { checks, verdict } = reportOf(ran);
    expect(checks.filter(({ result }) => result !== 'error' && result !== 'skip')).toEqual([]);
    expect(verdict).toMatchObject({ result: 'inconclusive', causes: [], ruledOut: [] });
    expect(verdict.notChecked).toContainEqual({ check: 'service-exists', reason: 'denied: get services in shop' });
    expect(verdict.notChecked).toContainEqual({ check: 'source-pod-is-running', reason: 'denied: get pods in shop' });
  });
});
