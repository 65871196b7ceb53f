import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { openCatalog } from '../../src/commands/books.js';
import { program } from '../../src/commands/program.js';
import { flowBetween, readEnd } from '../../src/domain/ends.js';
import type { World } from '../../src/domain/ports.js';
import { reportSchema } from '../../src/domain/report.js';
import { cached } from '../../src/ports/cached.js';
import { open, walked } from '../machines/shop.js';
import { checkout, pod, service } from '../steps/shop.js';
import { fakeWorld, ran } from '../support/fake-world.js';
import { recording } from '../support/recording.js';
import { temporaryFolder } from '../support/temporary.js';
import { fakeIo, run } from './process.js';
import { silentServer } from './silent-server.js';

const asked = flowBetween(readEnd('pod/shop/checkout', 'shop'), readEnd('svc/shop/cart:80', 'shop'));
const ends = ['--from', 'pod/shop/checkout', '--to', 'svc/shop/cart:80'];

/** The Service selects `app: basket`, and no Pod carries that. */
const wrongSelector = () =>
  fakeWorld(
    {
      pods: [checkout(), pod('cart-a')],
      services: [service({ selector: { app: 'basket' } })],
      endpointslices: [],
      nodes: [{ metadata: { name: 'node-a' }, status: { conditions: [{ type: 'Ready', status: 'True' }] } }],
      namespaces: [{ metadata: { name: 'shop' } }],
    },
    { pod: () => ran('', { exitCode: 127 }) },
  );

/** What `run` leaves behind on a cluster: recorded below the cache, with the time the session took. */
const record = async () => {
  const catalog = await openCatalog([], '/');
  return recording(wrongSelector(), async (recorder: World) => {
    const { session } = open({ world: cached(recorder), catalog, asked, level: 'observe', limits: {} });
    await walked(session);
    session.measure('session.duration', 1250);
  });
};

const inTheNight = async () => ({ universe: await record(), home: await temporaryFolder() });

const silent = (config: string) => ['run', ...ends, '--kubeconfig', config, '--no-input', '-o', 'json'];

describe('a run on a recorded cluster', { timeout: 30_000 }, () => {
  it('names the cause, with exit code 3 and one valid document', async () => {
    const { universe, home } = await inTheNight();
    const { code, out, err, stillListening } = await run(['run', ...ends, '--universe', universe, '-o', 'json'], home);
    const report = reportSchema.parse(JSON.parse(out));
    expect(report.verdict.causes[0]?.id).toBe('SVC-01');
    expect(report.session).toMatchObject({ mode: 'replay', level: 'observe', runbook: { id: 'service-unreachable' } });
    expect(report).not.toHaveProperty('error');
    expect([code, stillListening]).toEqual([3, 0]);
    expect(err).not.toContain('bug');
  });

  it('takes the destination from an error, says so, and keeps it with the time since when', async () => {
    const { universe, home } = await inTheNight();
    const error = 'Get "http://cart.shop.svc.cluster.local/": dial tcp 10.96.4.7:80: connect: connection refused';
    const told = ['--from', 'pod/shop/checkout', '--error', error, '--since', '2026-11-20T01:58Z'];
    const kept = ['--state-dir', join(home, 'state')];
    const { code, err } = await run(['run', ...told, '--universe', universe, '-o', 'short', ...kept], home);
    expect([code, err]).toEqual([3, expect.stringContaining('The error says "connection refused": how it failed')]);
    expect(err).toContain('Its destination: svc/shop/cart:80.');
    const sessions = join(home, 'state/net-triage/replays/net-triage/sessions');
    const [session = ''] = await readdir(sessions);
    const journal = await readFile(join(sessions, session, 'session.ndjson'), 'utf8');
    const answers = journal
      .split('\n')
      .flatMap((line) => (line.includes('"intake.answered"') ? [JSON.parse(line).data] : []));
    expect(answers).toEqual([
      { question: 'error', answer: error, source: 'flag' },
      { question: 'error says refused', answer: 'connection refused', source: 'detected' },
      { question: 'to', answer: 'svc/shop/cart:80', source: 'detected' },
      { question: 'since', answer: '2026-11-20T01:58:00.000Z', source: 'flag' },
    ]);
  });

  it('says the same again, byte for byte', async () => {
    const { universe, home } = await inTheNight();
    const argv = ['run', ...ends, '--universe', universe, '-o', 'json', '--state-dir'];
    const one = await run([...argv, join(home, 'one')], home);
    const two = await run([...argv, join(home, 'two')], home);
    expect(two.out).toBe(one.out);
    expect(JSON.parse(one.out)).toMatchObject({ cost: { durationMs: 1250 } });
  });

  it.each([
    ['never', 0],
    ['warn', 3],
  ])('with --fail-on %s ends with %i', async (failOn, code) => {
    const { universe, home } = await inTheNight();
    expect((await run(['run', ...ends, '--universe', universe, '-o', 'short', '--fail-on', failOn], home)).code).toBe(
      code,
    );
  });

  it('keeps a session that can be listed, shown and verified', async () => {
    const { universe, home } = await inTheNight();
    const state = ['--state-dir', join(home, 'state')];
    await run(['run', ...ends, '--universe', universe, ...state, '-o', 'json'], home);
    const replays = ['--state-dir', join(home, 'state/net-triage/replays')];
    const listed = await run(['session', 'list', ...replays], home);
    expect(listed.out).toMatch(/^ {2}1 {2}\S+-cart\s+ended/);
    expect((await run(['session', 'verify', '1', ...replays], home)).out).toContain('nothing changed');
    const shown = await run(['session', 'show', '1', ...replays, '-o', 'json'], home);
    expect(reportSchema.parse(JSON.parse(shown.out)).verdict.causes[0]?.id).toBe('SVC-01');
    const again = await run(['session', 'resume', '1', ...replays], home);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('has its verdict')]);
  });

  it('runs single checks without a verdict', async () => {
    const { universe, home } = await inTheNight();
    const argv = ['check', 'service-selects-pods', 'service-exists', ...ends, '--universe', universe];
    const { code, out, stillListening } = await run(argv, home);
    expect(
      out
        .split('\n')
        .slice(0, 2)
        .map((line) => line.slice(0, 30).trim()),
    ).toEqual(['x FAIL   service-selects-pods', '+ PASS   service-exists']);
    expect([code, stillListening]).toEqual([3, 0]);
    const json = await run([...argv, '-o', 'json'], home);
    expect(JSON.parse(json.out)).toMatchObject([{ outcome: 'none-matched' }, { outcome: 'exists' }]);
  });
});

describe('a run with a runbook of the operator', { timeout: 30_000 }, () => {
  const book = (step: string) => `title: { en: Cart, zh-CN: 购物车 }
hint: { en: Cart is silent., zh-CN: 购物车没有响应. }
flow: { from: [pod], to: [service] }
start: there
nodes:
  there:
    step: ${step}
    on: { exists: { inconclusive }, missing: { cause: DNS-22 }, headless: { inconclusive }, external-name: { inconclusive } }
    otherwise: { inconclusive }
`;

  it('walks it by the name of its file', async () => {
    const { universe, home } = await inTheNight();
    await writeFile(join(home, 'cart-night.yaml'), book('service-exists'));
    const argv = ['run', 'cart-night', ...ends, '--runbook', 'cart-night.yaml', '--universe', universe, '-o', 'json'];
    const { out } = await run(argv, home);
    expect(reportSchema.parse(JSON.parse(out))).toMatchObject({
      session: { runbook: { id: 'cart-night' } },
      checks: [{ id: 'service-exists', outcome: 'exists' }],
    });
  });

  it('names each of its mistakes with its place', async () => {
    const { universe, home } = await inTheNight();
    await writeFile(join(home, 'cart-night.yaml'), book('service-exist'));
    const mistake = 'cart-night.yaml:7:5 nodes.there.step: There is no step "service-exist". Near: service-exists.';
    const lint = await run(['tree', 'lint', 'cart-night.yaml'], home);
    expect([lint.code, lint.out]).toEqual([3, expect.stringContaining(mistake)]);
    const walk = await run(['run', ...ends, '--runbook', 'cart-night.yaml', '--universe', universe], home);
    expect([walk.code, walk.err]).toEqual([2, expect.stringContaining(mistake)]);
  });
});

describe('a run that is ended from outside', () => {
  it('by its deadline ends with 124 and a valid document', async () => {
    const { home, config } = await silentServer();
    const argv = silent(config);
    const { code, out, stillListening } = await run([...argv, '--deadline', '300ms'], home);
    expect([code, stillListening]).toEqual([124, 0]);
    expect(reportSchema.parse(JSON.parse(out))).toMatchObject({ error: { code: 'deadline' }, checks: [] });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 143],
  ] as const)('by %s ends with %i and a valid document', async (signal, exit) => {
    const { home, config, knocked } = await silentServer();
    const argv = silent(config);
    const { io, stdout, listeners } = fakeIo(argv, home);
    const ended = program(io);
    await knocked;
    for (const listener of listeners) listener(signal);
    expect(await ended).toBe(exit);
    expect(reportSchema.safeParse(JSON.parse(String(stdout.read()))).success).toBe(true);
  });
});

describe('the reference', { timeout: 30_000 }, () => {
  it('prints rights that follow from the declarations, more for each level', async () => {
    const [observe, probe] = [await run(['rbac', 'observe'], '/'), await run(['rbac', 'probe'], '/')];
    expect(observe.out).toContain('endpointslices');
    expect(observe.out).not.toContain('pods/exec');
    expect(observe.out).not.toContain('services/proxy');
    expect(probe.out).toContain('services/proxy');
    expect(probe.out).toContain('pods/exec');
    expect(observe.out).not.toMatch(/delete|patch|update|secrets|\*/);
    const { rules } = parse(probe.out) as { rules: { resources: string[]; verbs: string[] }[] };
    const changes = rules.filter(({ verbs }) => verbs.some((verb) => !['get', 'list'].includes(verb)));
    expect(changes.map(({ resources, verbs }) => `${verbs} ${resources}`)).toEqual([
      'create,get pods/exec',
      'patch pods/ephemeralcontainers',
      'create,delete pods',
    ]);
    expect(probe.out).not.toMatch(/secrets|update|'\*'/);
  });

  it('explains checks and causes in full', async () => {
    const { steps, causes } = await openCatalog([], '/');
    const ids = [...Object.keys(steps), ...Object.keys(causes)];
    for (const id of ids.filter((_, index) => index % 8 === 0)) {
      const { out } = await run(['explain', id, '--lang', 'zh-CN'], '/');
      expect(out.split('\n')[0]).toMatch(new RegExp(`^${id} {2}\\[[a-z-]+\\]$`));
      expect(out).not.toContain('undefined');
    }
  });

  it('draws a tree whose every edge leads to a node it draws', async () => {
    const { out } = await run(['tree', 'graph', 'service-unreachable'], '/');
    const drawn = new Set([...out.matchAll(/^ {2}(\w+)[[{(]/gm)].map(([, id]) => id));
    const edges = [...out.matchAll(/^ {2}(\w+) -->\|[^|]+\| (\w+)$/gm)];
    expect(edges.length).toBeGreaterThan(100);
    for (const [, from, to] of edges) expect([drawn.has(from), drawn.has(to)]).toEqual([true, true]);
  });

  it('publishes the schema of its document', async () => {
    const schema = JSON.parse((await run(['schema', 'report'], '/')).out) as { required: string[] };
    expect(schema.required).toEqual(
      expect.arrayContaining(['apiVersion', 'kind', 'session', 'checks', 'verdict', 'cost']),
    );
    expect(await readFile(join(import.meta.dirname, '../../src/domain/report.ts'), 'utf8')).toContain('strictObject');
  });
});
