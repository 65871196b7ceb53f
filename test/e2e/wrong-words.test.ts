import { describe, expect, it } from 'vitest';
import { document, flow, openShop } from './support/open-shop.js';
import { reportOf } from './support/program.js';

const words =
  'title: { en: Mine, zh-CN: Mine }\nhint: { en: Mine., zh-CN: Mine. }\nflow: { from: [pod], to: [service] }\n';
const book = (nodes: string) => `${words}start: one\nnodes:\n${nodes}`;
const node = ({ step = 'service-exists', on = 'exists', target = '{ healthy: null }' }) =>
  book(`  one:
    step: ${step}
    on:
      ${on}: ${target}
      missing: { cause: DNS-22 }
      headless: { inconclusive: null }
      external-name: { inconclusive: null }
    otherwise: { inconclusive: null }
`);

describe('names that are a little wrong', () => {
  it('a Service that does not exist is the verdict, with the names that are near', async () => {
    const shop = await openShop();
    const ran = await shop.say(['run', ...document, '--from', 'pod/checkout', '--to', 'svc/crat', ...shop.access]);
    expect(ran.code).toBe(3);
    const { verdict, checks } = reportOf(ran);
    expect(verdict.causes[0]).toMatchObject({ id: 'DNS-22', subject: 'Service shop/crat' });
    expect(checks.find(({ id }) => id === 'service-exists')).toMatchObject({
      outcome: 'missing',
      facts: { near: ['cart'] },
    });
    expect(await shop.verify()).toMatchObject({ code: 0 });
  });

  it('a source Pod that does not exist is told with the names that are near, and the rest is still looked at', async () => {
    const shop = await openShop();
    const ran = await shop.say(['run', ...document, '--from', 'pod/chekout', '--to', 'svc/cart', ...shop.access]);
    const { checks, verdict } = reportOf(ran);
    expect(checks[0]).toMatchObject({
      id: 'source-pod-is-running',
      outcome: 'missing',
      result: 'fail',
      facts: { near: ['checkout'] },
    });
    expect(verdict.causes[0]).toMatchObject({ id: 'SVC-01' });
  });
});

describe('a command line that cannot be followed', () => {
  it.each([
    [
      'a kind of end that does not exist',
      ['--from', 'pot/checkout', '--to', 'svc/cart'],
      /"pot" is not a kind of end; for example pod\/shop\/client/,
    ],
    ['an empty end', ['--from', '', '--to', 'svc/cart'], /write KIND\/NAME/],
    ['an end that is missing', ['--from', 'pod/checkout'], /--to is missing: for example/],
    ['a flag that does not exist', [...flow, '--levl', 'probe'], /unknown option '--levl'[\s\S]*--level/],
    ['a value that a flag does not take', [...flow, '--level', 'prob'], /--level: .*observe/],
    [
      'a duration in words',
      [...flow, '--deadline', 'soon'],
      /--deadline: "soon" is not a duration; write for example 10s/,
    ],
  ])('%s', async (_, args, sentence) => {
    const shop = await openShop();
    const ran = await shop.say(['run', ...document, ...args, ...shop.access]);
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringMatching(sentence) });
    const { error, checks } = reportOf(ran);
    expect(ran.stderr).toContain(error?.message);
    expect(checks).toEqual([]);
    expect(shop.api.asked).toEqual([]);
    expect(shop.home.ids()).toEqual([]);
  });

  it('a symptom that does not exist, with the one that is near', async () => {
    const shop = await openShop();
    const ran = await shop.say(['run', 'service-unreachble', ...document, ...flow, ...shop.access]);
    expect(ran).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/"service-unreachble".* Near: service-unreachable\./),
    });
    expect(reportOf(ran).error?.message).toBe(ran.stderr.trim());
    expect(shop.home.ids()).toEqual([]);
  });
});

describe('a runbook of the operator', () => {
  it.each([
    ['is not there', undefined, /--runbook .*mine\.yaml: .*no such file/],
    ['is broken YAML', 'title: [a\nnodes:\n', /mine\.yaml:2:1: Flow sequence/],
    ['has an unknown key', `${words}colour: blue\n`, /mine\.yaml:4:1 .*"colour"/],
    [
      'names an unknown step',
      node({ step: 'service-exist' }),
      /mine\.yaml:7:5 nodes\.one\.step: .*"service-exist"\. Near: service-exists\.$/m,
    ],
    ['routes an unknown outcome', node({ on: 'exist' }), /mine\.yaml:9:7 nodes\.one\.on\.exist: .*"exist"/],
    [
      'leads to an unknown node',
      node({ target: 'two' }),
      /mine\.yaml:9:7 nodes\.one\.on\.exists: There is no node "two"\.$/m,
    ],
    ['leads to an unknown cause', node({ target: '{ cause: SVC-99 }' }), /mine\.yaml:9:\d+ .*"SVC-99"/],
  ])('%s', async (_, text, sentence) => {
    const shop = await openShop();
    const path = text === undefined ? `${shop.home.home}/mine.yaml` : shop.home.write('mine.yaml', text);
    const ran = await shop.triage(['--runbook', path]);
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringMatching(sentence) });
    expect(reportOf(ran).error?.message).toBe(ran.stderr.trim());
    expect(shop.home.ids()).toEqual([]);
  });
});
