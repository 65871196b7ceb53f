import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { ApiUnavailable } from '../../../src/ports/live/api-unavailable.js';
import { pods, refused, version } from './asked.js';
import { json, startApi, status } from './imitation/api.js';
import { type Certificates, makeCertificates } from './imitation/certificates.js';
import { never, targetAt, wire } from './imitation/target.js';

let certificates: Certificates;

beforeAll(() => {
  certificates = makeCertificates();
});

const tls = () => ({ ca: certificates.ca, rejectUnauthorized: true });

describe('connections', () => {
  it('are kept: twenty requests one after another need no twenty', async () => {
    const api = await startApi((_, response) => json(response, 200, { gitVersion: 'v1.34.4' }), certificates);
    const { kube, meter } = wire(targetAt(api.url, { tls: tls() }));
    for (let count = 0; count < 20; count++)
      expect(await kube.version(version, never)).toEqual({ gitVersion: 'v1.34.4' });
    // The pool may open a second one while the first is still being read to its end.
    expect(api.connections()).toBeLessThanOrEqual(2);
    expect(meter.cost()).toEqual({ requests: 20, bytes: 20 * '{"gitVersion":"v1.34.4"}'.length, commands: 0 });
  });

  it('show the client certificate, the names for the audit log and who is impersonated', async () => {
    const seen: unknown[] = [];
    const api = await startApi((request, response) => {
      seen.push(
        (request.socket as unknown as { getPeerCertificate(): { subject: { CN: string } } }).getPeerCertificate()
          .subject.CN,
      );
      json(response, 200, { gitVersion: 'v1' });
    }, certificates);
    const impersonate = { 'Impersonate-User': 'auditor', 'Impersonate-Group': ['books', 'tills'] };
    const login = { kind: 'token', token: 'till' } as const;
    await wire(targetAt(api.url, { tls: { ...tls(), ...certificates.client }, impersonate, login })).kube.version(
      version,
      never,
    );
    expect(seen).toEqual(['cashier']);
    expect(api.asked[0]?.headers).toMatchObject({
      'user-agent': 'net-triage/1.2.3 session/cart',
      authorization: 'Bearer till',
      'impersonate-user': 'auditor',
      'impersonate-group': 'books, tills',
    });
  });

  it('verify the certificate, under another name where tls-server-name says so, and not where told not to', async () => {
    const api = await startApi((_, response) => json(response, 200, { gitVersion: 'v1' }), certificates);
    const ask = (settings: object) =>
      wire(targetAt(api.url, { tls: { rejectUnauthorized: true, ...settings } })).kube.version(version, never);
    await expect(ask({ ca: certificates.ca, servername: 'api.shop.example' })).resolves.toBeDefined();
    await expect(ask({ rejectUnauthorized: false })).resolves.toBeDefined();
    expect(await refused(ask({}))).toMatchObject({
      why: 'unreachable',
      code: 'lost',
      message: /unknown authority|nobody vouches/,
    });
    expect(await refused(ask({ ca: certificates.ca, servername: 'api.bakery.example' }))).toMatchObject({
      message: expect.stringContaining('certificate for another name'),
    });
  });

  it('keep the path of a server that lies below one', async () => {
    const api = await startApi((_, response) => json(response, 200, { gitVersion: 'v1' }));
    await wire(targetAt(`${api.url}/k8s/clusters/c-1/`)).kube.version(version, never);
    expect(api.paths()).toEqual(['/k8s/clusters/c-1/version']);
  });

  it('try a read once more when a kept connection turns out to be dead', async () => {
    const api = await startApi((request, response) => {
      if (api.asked.length === 2) request.socket.destroy();
      else json(response, 200, { gitVersion: 'v1' });
    });
    const { kube } = wire(targetAt(api.url));
    await kube.version(version, never);
    await expect(kube.version(version, never)).resolves.toEqual({ gitVersion: 'v1' });
    expect(api.asked).toHaveLength(3);
  });

  it('never send a review twice', async () => {
    const api = await startApi((request) => request.socket.destroy());
    const { kube } = wire(targetAt(api.url));
    const rules = { port: 'kube', verb: 'rules', namespace: 'shop' } as const;
    expect(await refused(kube.rules(rules, never))).toMatchObject({ why: 'unreachable' });
    expect(api.asked).toHaveLength(1);
  });
});

describe('an API that does not answer as it should', () => {
  const page = { 'content-type': 'text/html' };
  it.each([
    ['a web page', 200, '<html>sign in</html>', page, 'lost', /web page/],
    ['a broken gateway', 502, '<html>Bad Gateway</html>', page, 'lost', /web page.*502/],
    [
      'an inner failure',
      500,
      JSON.stringify(status(500, 'InternalError', 'etcd is slow')),
      {},
      'lost',
      /HTTP 500.*etcd is slow/,
    ],
    ['no JSON', 200, 'hello', {}, 'lost', /not the JSON/],
    ['JSON of something else', 200, '[1]', {}, 'lost', /not the JSON/],
    ['binary garbage', 200, '\u0000\u0001\u0002', {}, 'lost', /not the JSON/],
    ['half an object', 200, '{"gitVersion": "v1', {}, 'lost', /not the JSON/],
    ['no such path', 404, '404 page not found', {}, 'lost', /does not serve/],
    [
      'no valid credentials',
      401,
      JSON.stringify(status(401, 'Unauthorized', 'Unauthorized')),
      {},
      'forbidden',
      /does not accept the credentials/,
    ],
  ] as [string, number, string, Record<string, string>, string, RegExp][])(
    '%s',
    async (_, code, body, headers, expected, words) => {
      const api = await startApi((_request, response) => response.writeHead(code, headers).end(body));
      const error = await refused(wire(targetAt(api.url)).kube.version(version, never));
      expect(error).toMatchObject({ name: 'CannotLook', code: expected });
      expect(error?.message).toMatch(words);
    },
  );

  it('a body that is cut short', async () => {
    const api = await startApi((_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"gitVersion"');
      response.socket?.end();
    });
    expect(await refused(wire(targetAt(api.url)).kube.version(version, never))).toMatchObject({
      code: 'lost',
      why: 'unreachable',
    });
  });

  it.each([
    ['says nothing', () => {}],
    ['never ends', (_: unknown, response: { write(text: string): void }) => response.write('{')],
  ])('hangs: %s', async (_, handler) => {
    const api = await startApi(handler as never);
    const error = await refused(wire(targetAt(api.url), { timeout: 150 }).kube.version(version, never));
    expect(error).toMatchObject({
      code: 'timeout',
      why: 'unreachable',
      message: expect.stringContaining('--request-timeout'),
    });
  });

  it('is slow once, after it has answered: one answer is missing, not the API', async () => {
    const api = await startApi((request, response) => {
      if (request.url === '/version') json(response, 200, { gitVersion: 'v1' });
    });
    const { kube } = wire(targetAt(api.url), { timeout: 200 });
    await kube.version(version, never);
    const error = await refused(kube.list(pods, never));
    expect(error).toMatchObject({ code: 'timeout' });
    expect(error).not.toBeInstanceOf(ApiUnavailable);
  });

  it('hangs for good: after two requests nobody waits again, until it had time to come back', async () => {
    // Long enough for the one answer that does come, however busy the machine is.
    const patience = 1_000;
    const server = { hangs: true, time: 0 };
    const api = await startApi((_, response) => {
      if (!server.hangs) json(response, 200, { gitVersion: 'v1' });
    });
    const { kube } = wire(targetAt(api.url), { timeout: patience, now: () => server.time });
    for (let asked = 1; asked <= 2; asked++)
      expect((await refused(kube.version(version, never)))?.message).toContain('--request-timeout');
    const third = await refused(kube.version(version, never));
    expect(third).toMatchObject({ code: 'timeout', why: 'unreachable', message: expect.stringContaining('not asked') });
    expect(api.asked).toHaveLength(2);
    Object.assign(server, { hangs: false, time: patience });
    expect(await kube.version(version, never)).toEqual({ gitVersion: 'v1' });
    server.hangs = true;
    expect((await refused(kube.version(version, never)))?.message).toContain('--request-timeout');
  });

  it('is not there', async () => {
    const api = await startApi(() => {});
    await api.close();
    expect(await refused(wire(targetAt(api.url)).kube.version(version, never))).toMatchObject({
      ...{ code: 'lost', why: 'unreachable', message: expect.stringContaining('refuses the connection') },
    });
  });

  it('sends more than is read, plain or compressed', async () => {
    const flood = JSON.stringify({ gitVersion: 'v'.repeat(400_000) });
    const api = await startApi((request, response) => {
      const zip = request.url?.includes('pods') === true;
      response.writeHead(200, zip ? { 'content-encoding': 'gzip' } : {}).end(zip ? gzipSync(flood) : flood);
    });
    const { kube } = wire(targetAt(api.url), { cap: 100_000 });
    expect(await refused(kube.version(version, never))).toMatchObject({ code: 'capped' });
    expect(await refused(kube.list(pods, never))).toMatchObject({ code: 'capped' });
  });

  it('compresses, which counts as what came over the wire', async () => {
    const body = gzipSync(JSON.stringify({ gitVersion: 'v'.repeat(10_000) }));
    const api = await startApi((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(body));
    const { kube, meter } = wire(targetAt(api.url));
    expect((await kube.version(version, never)).gitVersion).toHaveLength(10_000);
    expect(meter.cost().bytes).toBe(body.length);
  });
});
