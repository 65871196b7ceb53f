import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshHome } from './support/home.js';
import { flow, openShop } from './support/open-shop.js';
import { reportOf, run } from './support/program.js';

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
  version: string;
};

describe('without a cluster', () => {
  it.each([
    ['--help', 0, /Usage: net-triage .*\[command\][\s\S]*run (?:\[options\] )?\[symptom\]/],
    ['--version', 0, new RegExp(`^${version}\n$`)],
    ['version', 0, new RegExp(`^${version}\n$`)],
    [
      'explain service-selects-pods',
      0,
      /service-selects-pods {2}\[service\][\s\S]*FAIL +none-matched[\s\S]*get,list pods[\s\S]*\$ kubectl/,
    ],
    ['explain SVC-01', 0, /SVC-01 {2}\[service\][\s\S]*Proved where[\s\S]*Remedies[\s\S]*undo: kubectl/],
    ['explain SVC-01 --lang zh-CN', 0, /选择算符没有匹配到任何 Pod/],
    ['tree list', 0, /^service-unreachable +A Service does not answer inside the cluster/m],
    ['tree show service-unreachable', 0, /^source-pod\n {2}source-pod-is-running: [\s\S]*=> cause SVC-01/m],
    ['tree graph service-unreachable', 0, /^flowchart TD\n[\s\S]* -->\|no-workload\| cause_SVC_01/],
    ['tree lint', 0, /^No mistake found\.\n$/],
    ['rbac', 0, /kind: ClusterRole\n(?![\s\S]*exec)[\s\S]*net-triage-observe/],
    ['rbac probe', 0, /pods\/exec/],
    ['session list', 0, /^There is no session yet\.\n$/],
  ])('%s', async (line, code, text) => {
    const ran = await run(line.split(' '), await freshHome());
    expect(ran).toMatchObject({ code, stdout: expect.stringMatching(text), stderr: '' });
  });

  it.each([
    [
      'explain service-selects-pod',
      /no check or cause "service-selects-pod", and no such term \(explain glossary\)\. Near: service-selects-pods/,
    ],
    ['tree show service-unreachble', /no runbook "service-unreachble"/],
    ['tree grow', /tree grow: write list, show, graph or lint/],
    ['rbac everything', /rbac everything: write observe, probe or node/],
    ['schema reprot', /schema reprot: write .*report/],
    ['session show', /There is no session yet/],
    ['session burn 1', /no session|write list, show/],
    ['check', /name a check/],
    ['check service-exist --from pod/a --to svc/b', /no check "service-exist"\. Near: service-exists/],
  ])('%s is a mistake of usage', async (line, sentence) => {
    const ran = await run(line.split(' '), await freshHome());
    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(sentence) });
  });

  it('tells its version and the schema of its report as JSON', async () => {
    const home = await freshHome();
    expect(JSON.parse((await run(['version', '-o', 'json'], home)).stdout)).toEqual({ version });
    const schema = JSON.parse((await run(['schema', 'report'], home)).stdout);
    expect(schema).toMatchObject({ type: 'object', properties: { kind: { const: 'Report' } } });
  });

  it('lints a runbook with file, line and column', async () => {
    const home = await freshHome();
    const book = home.write('mine.yaml', 'title: [a\n');
    expect(await run(['tree', 'lint', book], home)).toMatchObject({
      code: 3,
      stdout: expect.stringMatching(/mine\.yaml:\d+:\d+/),
    });
  });
});

describe('with a cluster', () => {
  it('doctor tells what works, and what does not with code 4', async () => {
    const shop = await openShop();
    const well = await shop.say(['doctor', ...shop.access]);
    expect(well).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\+ API server +v1\.35\.0, as cashier/m) });
    await shop.api.close();
    const ill = await shop.say(['doctor', ...shop.access]);
    expect(ill).toMatchObject({ code: 4, stdout: expect.stringMatching(/^x API server .*refuses the connection/m) });
  });

  it('check runs the checks that are named, and ends by their results', async () => {
    const shop = await openShop();
    const ends = [...flow, ...shop.access];
    const good = await shop.say(['check', 'service-exists', ...ends]);
    expect(good).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\+ PASS +service-exists .*10\.96\.4\.7/) });
    const bad = await shop.say(['check', 'service-exists', 'service-selects-pods', ...ends, '-o', 'json']);
    expect(bad.code).toBe(3);
    expect(JSON.parse(bad.stdout)).toMatchObject([
      { result: 'pass' },
      { check: 'service-selects-pods', result: 'fail' },
    ]);
    expect(await shop.say(['check', '--all', ...ends, '--fail-on', 'never'])).toMatchObject({ code: 0 });
    expect(shop.home.ids()).toEqual([]);
  });

  it('keeps a session that can be listed, shown, noted, exported and verified', async () => {
    const shop = await openShop();
    const live = await shop.triage();
    const [id = ''] = shop.home.ids();
    const session = (...words: string[]) => shop.say(['session', ...words]);
    expect((await session('list')).stdout).toMatch(
      new RegExp(`1  ${id} +ended +fault SVC-01 probable, Service shop/cart`),
    );
    expect(JSON.parse((await session('list', '-o', 'json')).stdout)).toMatchObject([{ id, state: 'ended' }]);
    expect((await session('show', id, '-o', 'json')).stdout).toBe(live.stdout);
    expect((await session('show', '1')).stdout).toMatch(/FAULT SVC-01, probable/);
    expect((await session('export', '1')).stdout).toMatch(/^# Postmortem: /);
    expect(await session('show', '20260101T')).toMatchObject({ code: 2, stderr: expect.stringContaining(id) });
    const root = (await session('note', id, 'the', 'cart', 'was', 'renamed')).stdout.trim();
    expect(root).toMatch(/^[0-9a-f]{64}$/);
    expect(await session('verify', id, '--root', root)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(root),
    });
    expect((await session('export', '1')).stdout).toContain('the cart was renamed');
    expect(await session('note', id, '--lang', 'en', 'then they ran', 'sudo iptables -F')).toMatchObject({
      stderr: expect.stringMatching(/^Careful: This empties packet rules .* Better: Save the rules/),
    });
    const kept = (await session('export', '1')).stdout;
    expect(kept).toMatch(/then they ran sudo iptables -F .*Careful: This empties packet rules/);
    const journal = join(shop.home.session(), 'session.ndjson');
    shop.home.write(
      journal.slice(shop.home.home.length + 1),
      readFileSync(journal, 'utf8').replace('renamed', 'renamec'),
    );
    const changed = await session('verify', id);
    expect(changed).toMatchObject({ code: 3, stdout: expect.stringMatching(/session\.ndjson:\d+: /) });
    expect(reportOf(live).session.id).toBe(id);
  });
});
