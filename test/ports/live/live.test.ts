import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import type { CannotLook } from '../../../src/domain/cannot-look.js';
import type { Call } from '../../../src/domain/ports.js';
import { createLive, type LiveOptions } from '../../../src/ports/live/live.js';
import { queries } from '../../../src/queries/registry.js';
import { temporaryFolder } from '../../support/temporary.js';
import { json, startApi } from './imitation/api.js';
import { type Certificates, makeCertificates } from './imitation/certificates.js';
import { ended, frame } from './imitation/exec-server.js';
import { startHttpProxy, startSocksProxy } from './imitation/proxies.js';
import { never, unclean } from './imitation/target.js';

let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
});

const startCluster = async () => {
  const api = await startApi((request, response) => {
    if (request.url === '/version') return json(response, 200, { gitVersion: 'v1.34.4' });
    if (request.url?.includes('/log'))
      return response.end(`log of ${new URL(request.url, 'http://x').searchParams.get('container')}`);
    const cart = { metadata: { namespace: 'shop', name: 'cart' }, spec: { containers: [{ name: 'till' }] } };
    return json(response, 200, { ...cart, items: [cart] });
  }, certificates);
  new WebSocketServer({ server: api.server, handleProtocols: () => 'v5.channel.k8s.io' }).on('connection', (socket) => {
    socket.send(frame(1, 'tool cat\ndone\n'));
    socket.send(ended(0));
    socket.close();
  });
  return api;
};

const kubeconfig = (server: string, cluster = '') => `
current-context: shop
contexts: [{name: shop, context: {cluster: shop, user: cashier, namespace: checkout}}]
clusters: [{name: shop, cluster: {server: "${server}", certificate-authority-data: ${Buffer.from(certificates.ca).toString('base64')}${cluster}}}]
users: [{name: cashier, user: {token: till, as: auditor}}]
`;

const connect = async (text: string, more: Partial<LiveOptions> = {}) => {
  const home = await temporaryFolder();
  await writeFile(join(home, 'config'), text);
  const live = await createLive({
    ...{ flags: { kubeconfig: join(home, 'config') }, around: { env: {}, home }, level: () => 'observe' },
    ...{ queries: {}, clean: unclean, version: '1.2.3', session: 'cart', requestTimeout: 3_000, ...more },
  });
  onTestFinished(() => live.close());
  return live;
};
const refused = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as CannotLook,
  );
const version = { port: 'kube', verb: 'version' } as const;

describe('a live world', () => {
  it('cleans what it says of a failure, wherever the words come from', async () => {
    const api = await startCluster();
    await api.close();
    const clean = { ...unclean, cleanText: (text: string) => text.replace(/refuses/, 'clean') };
    const live = await connect(kubeconfig(api.url), { clean });
    const error = await refused(live.ask(version, never));
    expect(error).toMatchObject({
      name: 'CannotLook',
      why: 'unreachable',
      message: expect.stringContaining('clean the'),
    });
  });

  it('knows its target before it sends anything', async () => {
    const api = await startCluster();
    const live = await connect(kubeconfig(api.url));
    expect(live.target).toEqual({
      ...{ context: 'shop', cluster: 'shop', user: 'cashier', namespace: 'checkout', as: 'auditor' },
      apiHost: new URL(api.url).host,
    });
    expect(live.cost()).toEqual({ requests: 0, bytes: 0, commands: 0 });
    expect(api.connections()).toBe(0);
  });

  it('answers and counts', async () => {
    const api = await startCluster();
    const live = await connect(kubeconfig(api.url));
    expect(await live.ask(version, never)).toEqual({ gitVersion: 'v1.34.4' });
    const pod = { namespace: 'shop', name: 'cart' };
    expect(await live.ask({ port: 'kube', verb: 'logs', pod, tailLines: 5 }, never)).toBe('log of till');
    expect(live.cost()).toMatchObject({ requests: 3, commands: 0 });
  });

  it.each([
    ['got', { port: 'kube', verb: 'get', kind: 'pods', namespace: 'shop', name: 'cart' }],
    ['listed', { port: 'kube', verb: 'list', kind: 'pods', namespace: 'shop' }],
  ] as const)('does not read a pod again for its container that it has just %s', async (_, call) => {
    const api = await startCluster();
    const live = await connect(kubeconfig(api.url));
    await live.ask(call, never);
    const pod = { namespace: 'shop', name: 'cart' };
    expect(await live.ask({ port: 'kube', verb: 'logs', pod, tailLines: 5 }, never)).toBe('log of till');
    expect(live.cost().requests).toBe(2);
  });

  it('says in plain words that nobody opened a way onto nodes', async () => {
    const live = await connect(kubeconfig('https://127.0.0.1:1'), { level: () => 'node', queries });
    const asked = { port: 'node', node: 'till-1', query: 'kernel-settings', args: { names: ['net.ipv4.ip_forward'] } };
    const error = await refused(live.ask(asked as Call, never));
    expect(error).toMatchObject({ name: 'CannotLook', code: 'forbidden' });
    expect(error?.message).toMatch(/--node-access says none/);
  });

  it('answers nothing more once it is closed', async () => {
    const live = await connect(kubeconfig((await startCluster()).url));
    await live.close();
    expect(await refused(live.ask(version, never))).toMatchObject({ code: 'lost' });
  });
});

describe('through a proxy', () => {
  const detection = {
    port: 'pod',
    pod: { namespace: 'shop', name: 'cart', container: 'till' },
    query: 'none',
    args: {},
  } as const;
  const none = {
    name: 'none',
    where: 'pod',
    level: 'probe',
    limit: 1,
    args: { parse: () => ({}) },
    variants: [{ tool: 'none', argv: () => ['none'] }],
  };
  const both = async (text: string, env: Record<string, string> = {}) => {
    const options = {
      level: () => 'probe',
      queries: { none },
      around: { env, home: '/' },
    } as unknown as Partial<LiveOptions>;
    const live = await connect(text, options);
    expect(await live.ask(version, never)).toEqual({ gitVersion: 'v1.34.4' });
    expect(await refused(live.ask(detection, never))).toMatchObject({ code: 'tool-missing' });
  };

  it('of proxy-url, requests and exec', async () => {
    const [api, proxy] = [await startCluster(), await startHttpProxy()];
    const { port } = new URL(api.url);
    await both(kubeconfig(`https://api.shop.example:${port}`, `, proxy-url: "http://clerk:a%20b@${proxy.host}"`));
    const authorization = `Basic ${Buffer.from('clerk:a b').toString('base64')}`;
    expect(proxy.asked).toEqual(Array(2).fill({ target: `api.shop.example:${port}`, authorization }));
  });

  it('of HTTPS_PROXY', async () => {
    const [api, proxy] = [await startCluster(), await startHttpProxy()];
    await both(kubeconfig(`https://api.shop.example:${new URL(api.url).port}`), { HTTPS_PROXY: proxy.host });
    expect(proxy.asked).toHaveLength(2);
  });

  it.each([[undefined], ['a b']])('that speaks SOCKS, password %s', async (password) => {
    const [api, proxy] = [await startCluster(), await startSocksProxy(password)];
    const { port } = new URL(api.url);
    const login = password === undefined ? '' : 'clerk:a%20b@';
    await both(kubeconfig(`https://api.shop.example:${port}`, `, proxy-url: "socks5://${login}${proxy.host}"`));
    expect(proxy.asked).toEqual(Array(2).fill(`api.shop.example:${port}`));
  });

  it.each([
    ['refuses', async () => `http://${(await startHttpProxy(407)).host}`, /refused the connection \(HTTP 407\)/],
    ['is not there', async () => 'http://127.0.0.1:1', /proxy 127\.0\.0\.1:1 cannot be used/],
    [
      'wants another password',
      async () => `socks5://clerk:wrong@${(await startSocksProxy('right')).host}`,
      /does not accept the user name/,
    ],
  ])('that %s', async (_, proxy, words) => {
    const live = await connect(kubeconfig('https://api.shop.example', `, proxy-url: "${await proxy()}"`));
    const error = await refused(live.ask(version, never));
    expect(error).toMatchObject({ code: 'lost', why: 'unreachable' });
    expect(error?.message).toMatch(words);
  });
});
