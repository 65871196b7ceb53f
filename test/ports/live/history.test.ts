import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CannotLook } from '../../../src/domain/cannot-look.js';
import type { Level } from '../../../src/domain/level.js';
import { NotAllowed } from '../../../src/ports/live/allowlist.js';
import { createHistorian } from '../../../src/ports/live/history.js';
import { json, startApi, status } from './imitation/api.js';
import { never, targetAt, unclean, wire } from './imitation/target.js';

const said = readFileSync(new URL('../../fixtures/prometheus/names.json', import.meta.url), 'utf8');
const now = Date.parse('2026-11-22T09:35:23Z');
const call = { port: 'kube', verb: 'history', question: 'name-history', args: {} } as const;

const service = (name: string, labels: object, ports: object[] = [{ name: 'http', port: 80 }]) => ({
  metadata: { name, namespace: 'monitoring', labels },
  spec: { ports },
});
const marked = service('prometheus-server', { 'app.kubernetes.io/name': 'prometheus' });

type Answers = (request: IncomingMessage, response: ServerResponse) => void;

/** An API server with these Services, where the label or the name is asked for, and this behind their proxy. */
const cluster = (services: readonly ReturnType<typeof service>[], behind: Answers): Answers => {
  return (request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    if (url.pathname.includes('/proxy/')) return behind(request, response);
    const [key = '', value] = (
      url.searchParams.get('labelSelector') ??
      url.searchParams.get('fieldSelector') ??
      ''
    ).split('=');
    const has = ({ metadata: { name, labels } }: ReturnType<typeof service>) =>
      key === '' ||
      (key === 'metadata.name'
        ? name === value
        : Object.entries(labels).some(([one, is]) => one === key && is === value));
    return json(response, 200, { items: services.filter(has) });
  };
};

interface Asking {
  readonly prometheus?: string;
  readonly loki?: string;
  readonly level?: Level;
}

const urlOf = (text: string | undefined) => (text === undefined ? undefined : new URL(text));

const asks = (url: string, { prometheus, loki, level = 'probe' }: Asking = {}) => {
  const { transport, kube, meter } = wire(targetAt(url), { level });
  const historian = createHistorian({
    ...{
      transport,
      kube,
      meter,
      clean: unclean,
      now: () => now,
      closing: never,
      urls: { prometheus: urlOf(prometheus), loki: urlOf(loki) },
    },
  });
  onTestFinished(() => historian.close());
  return (more: object = {}, signal = never) => historian.ask({ ...call, ...more }, signal);
};

const sent: Answers = (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(said);
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as CannotLook,
  );

describe('the Prometheus of a cluster', () => {
  it('is found by its label and asked once, through its Service', async () => {
    const api = await startApi(cluster([marked], sent));
    const ask = asks(api.url);
    const history = await ask();
    expect(history).toMatchObject({ source: 'Service monitoring/prometheus-server:80', to: now / 1000, warnings: [] });
    expect(history?.series.map(({ what }) => what).toSorted()).toEqual(['answer-seconds', 'failed-share']);
    await ask();
    expect(api.paths().map((path) => path?.replace(/\?.*/, ''))).toEqual([
      '/api/v1/services',
      '/api/v1/services',
      '/api/v1/namespaces/monitoring/services/prometheus-server:80/proxy/api/v1/query_range',
      '/api/v1/namespaces/monitoring/services/prometheus-server:80/proxy/api/v1/query_range',
    ]);
    const { query, start, end, step, timeout } = Object.fromEntries(
      new URL(api.paths().at(-1) ?? '', 'http://x').searchParams,
    );
    expect(query).toMatch(/^label_replace\(\(sum\(rate\(coredns_dns_responses_total\{rcode="SERVFAIL"\}\[300s\]\)\)/);
    expect({ end: Number(end) - Number(start), step, timeout }).toEqual({ end: 3600, step: '45', timeout: '4s' });
  });

  it.each([
    [
      'prometheus-operated:9090',
      service('prometheus-operated', {}, [
        { name: 'grpc', port: 10_901 },
        { name: 'web', port: 9090 },
      ]),
    ],
    ['https:prometheus:443', service('prometheus', { app: 'prometheus' }, [{ name: 'https', port: 443 }])],
  ])('may be %s', async (name, one) => {
    const api = await startApi(cluster([one], sent));
    expect((await asks(api.url)())?.source).toBe(`Service monitoring/${name}`);
  });

  it.each([
    ['none', []],
    ['none with a port to ask', [service('prometheus', { app: 'prometheus' }, [{ port: 1 }, { port: 2 }])]],
    ['only its exporter', [service('exporter', { 'app.kubernetes.io/name': 'prometheus-node-exporter' })]],
  ])('is absent where there is %s', async (_, services) => {
    const api = await startApi(cluster(services, sent));
    expect(await asks(api.url)()).toBeNull();
  });

  const forbidden: Answers = (_, response) =>
    json(
      response,
      403,
      status(
        403,
        'Forbidden',
        'services is forbidden: User "v" cannot list resource "services" in API group "" at the cluster scope',
      ),
    );

  it('is found for everybody who waits, also when the first of them gives up', async () => {
    const held = Promise.withResolvers<void>();
    const api = await startApi(async (request, response) => {
      await held.promise;
      return cluster([marked], sent)(request, response);
    });
    const ask = asks(api.url);
    const first = new AbortController();
    const given = refusal(ask({}, first.signal));
    const second = ask();
    first.abort();
    expect(await given).toBeDefined();
    held.resolve();
    expect(await second).toMatchObject({ source: 'Service monitoring/prometheus-server:80' });
  });

  it('is looked for in one namespace by whoever may not list all of them', async () => {
    const api = await startApi((request, response) =>
      request.url?.startsWith('/api/v1/services?')
        ? forbidden(request, response)
        : cluster([marked], sent)(request, response),
    );
    expect(await asks(api.url)()).toMatchObject({ source: 'Service monitoring/prometheus-server:80' });
  });

  it('is not known to be absent by whoever may not look', async () => {
    const api = await startApi(forbidden);
    const error = await refusal(asks(api.url)());
    expect(error).toMatchObject({ code: 'forbidden', missing: { verb: 'list', resource: 'services' } });
    expect(error?.constructor.name).toBe('CannotLook');
  });

  it('is asked from level probe on', async () => {
    const api = await startApi(cluster([marked], sent));
    await expect(asks(api.url, { level: 'observe' })()).rejects.toThrow(NotAllowed);
  });

  it.each([
    [
      'the right is missing',
      403,
      status(
        403,
        'Forbidden',
        'User "v" cannot get resource "services/proxy" in API group "" in the namespace "monitoring"',
      ),
      'forbidden',
      'does not allow "get services/proxy"',
    ],
    [
      'nothing serves behind it',
      503,
      status(503, 'ServiceUnavailable', 'no endpoints available for service "prometheus-server"'),
      'lost',
      'no endpoints available',
    ],
    ['it has another path', 404, 'not here', 'lost', 'HTTP 404'],
    ['it wants a login', 401, 'Unauthorized', 'forbidden', 'asks for a login'],
    ['it sends to a login', 302, '', 'lost', 'sends elsewhere'],
    ['a login stands before it', 200, '<!doctype html><title>Sign in</title>', 'lost', 'web page'],
    [
      'it could not',
      422,
      { status: 'error', errorType: 'execution', error: 'found duplicate series' },
      'lost',
      'execution: found duplicate series',
    ],
    [
      'it says so with a 200',
      200,
      { status: 'error', errorType: 'timeout', error: 'query timed out' },
      'lost',
      'timeout: query timed out',
    ],
    ['the answer is cut short', 200, said.slice(0, 400), 'lost', 'not what a Prometheus says'],
  ])('is not read where %s', async (_, code, body, word, text) => {
    const api = await startApi(
      cluster([marked], (_request, response) =>
        response.writeHead(code, { location: '/login' }).end(typeof body === 'string' ? body : JSON.stringify(body)),
      ),
    );
    const error = await refusal(asks(api.url)());
    expect(error).toMatchObject({ code: word, message: expect.stringContaining(text) });
    // The API server is well: what follows has to be asked of it.
    expect(error?.constructor.name).toBe('CannotLook');
  });
});

describe('a Prometheus that is named', () => {
  it('is asked itself, below its path, with its login, which nobody is told', async () => {
    const prometheus = await startApi(sent);
    const api = await startApi(cluster([marked], sent));
    const named = `${prometheus.url.replace('//', '//who:se%3Bsame@')}/metrics/`;
    const history = await asks(api.url, { prometheus: named })();
    expect(history).toMatchObject({ source: `${prometheus.url}/metrics`, series: [{}, {}] });
    expect(api.asked).toEqual([]);
    expect(prometheus.paths()[0]).toMatch(/^\/metrics\/api\/v1\/query_range\?query=/);
    expect(prometheus.asked[0]?.headers.authorization).toBe(`Basic ${btoa('who:se;same')}`);
  });

  it('is not followed elsewhere', async () => {
    const other = await startApi(sent);
    const prometheus = await startApi((_, response) => response.writeHead(302, { location: other.url }).end());
    const error = await refusal(asks(other.url, { prometheus: prometheus.url.replace('//', '//who:sesame@') })());
    expect(error).toMatchObject({ code: 'lost', message: expect.not.stringContaining('sesame') });
    expect(other.asked).toEqual([]);
  });

  it('is given up where nobody listens', async () => {
    const gone = await startApi(sent);
    await gone.close();
    const error = await refusal(asks(gone.url, { prometheus: gone.url.replace('//', '//who:sesame@') })());
    expect(error).toMatchObject({
      code: 'lost',
      message: `The Prometheus at ${gone.url} cannot be talked to (ECONNREFUSED).`,
    });
  });

  it('is not read beyond 2 MiB', async () => {
    const endless = await startApi((_, response) => response.end(' '.repeat((2 << 20) + 1)));
    expect(await refusal(asks(endless.url, { prometheus: endless.url })())).toMatchObject({ code: 'capped' });
  });
});

describe('a Loki', () => {
  const kept = readFileSync(new URL('../../fixtures/loki/logs.json', import.meta.url), 'utf8');
  const lines = { question: 'log-history', args: { ends: [] } };
  const wrote: Answers = (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(kept);
  const marks = { 'app.kubernetes.io/name': 'loki', 'app.kubernetes.io/component': 'gateway' };
  const gateway = service('loki-gateway', marks, [{ name: 'http-metrics', port: 80 }]);

  it('is found beside a Prometheus, and asked on its own path', async () => {
    const api = await startApi(cluster([marked, gateway], wrote));
    const history = await asks(api.url)(lines);
    expect(history).toMatchObject({ source: 'Service monitoring/loki-gateway:80' });
    expect(history?.series.map(({ what }) => what)).toContain('dns-errors');
    const last = new URL(api.paths().at(-1) ?? '', 'http://x');
    expect(last.pathname).toBe('/api/v1/namespaces/monitoring/services/loki-gateway:80/proxy/loki/api/v1/query_range');
    expect([...last.searchParams.keys()]).toEqual(['query', 'start', 'end', 'step']);
    // Loki moves its moments onto multiples of the step, and the last one has to hold the present.
    const [end, step] = ['end', 'step'].map((name) => Number(last.searchParams.get(name)));
    expect(end).toBeGreaterThanOrEqual(now / 1000);
    expect((end ?? 0) % (step ?? 1)).toBe(0);
  });

  it('is asked itself where it is named, and nobody else by that name', async () => {
    const loki = await startApi(wrote);
    const api = await startApi(cluster([marked], sent));
    const ask = asks(api.url, { loki: loki.url });
    expect(await ask(lines)).toMatchObject({ source: loki.url });
    expect(await ask()).toMatchObject({ source: 'Service monitoring/prometheus-server:80' });
    expect(loki.paths()).toEqual([expect.stringMatching(/^\/loki\/api\/v1\/query_range\?/)]);
  });

  // As Loki 3.7 says it.
  it.each([
    ['forbidden', 401, 'no org id\n', 'does not let anybody read (HTTP 401: no org id)'],
    ['lost', 400, 'exceeded maximum resolution of 11,000 points\n', 'HTTP 400: exceeded maximum resolution'],
    ['lost', 404, '404 page not found\n', 'HTTP 404: 404 page not found'],
  ])('is %s with its own words', async (code, status, text, words) => {
    const loki = await startApi((_, response) =>
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text),
    );
    const error = await refusal(asks(loki.url, { loki: loki.url })(lines));
    expect(error).toMatchObject({ code, message: expect.stringContaining(words) });
  });
});
