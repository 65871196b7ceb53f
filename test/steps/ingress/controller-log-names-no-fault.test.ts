import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/ingress/controller-log-names-no-fault.js';
import { recorded } from '../../parse/recorded.js';
import { looking } from '../look.js';
import { asking, backendOf, cluster, front, rule, wantsTls } from './front.js';

const look = looking(step, 'controller-log-names-no-fault');
const ofNginx = recorded('ingress-nginx', 'error');
const ofController = recorded('ingress-nginx', 'controller');

// "2026/11/21 18:07:11 [error] …" and "W1121 18:07:11.…": moments after the last line.
const after = (log: string) => {
  const [, year = '2026', month = 1, day = 1, hour = 0, minute = 0] =
    /(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d)/.exec(log) ?? /^[IWE]()(\d\d)(\d\d) (\d\d):(\d\d)/m.exec(log) ?? [];
  return Date.UTC(Number(year || 2026), Number(month) - 1, Number(day), Number(hour), Number(minute) + 2);
};
const seen = (log: string, host: string, { late = 0, ingress = front() } = {}) =>
  look(cluster(ingress), {
    flow: asking(host),
    answers: { logs: () => log, clock: { now: () => after(log) + late } },
  });

describe('controller-log-names-no-fault', () => {
  it.each([
    ['connect-refused', 'refused'],
    ['connect-times-out', 'lost'],
    ['read-times-out', 'slow'],
    ['header-too-big', 'header'],
    ['closed-early', 'early'],
    ['wrong-protocol', 'plain'],
    ['body-too-large', 'body'],
    ['no-live-backend', 'dead'],
    ['quiet', 'answers'],
  ])('%s', async (outcome, name) => {
    // A broken PROXY line is about everybody, so it is left out for the others; and of a backend taken for dead the
    // lines before it tell more.
    const log = ofNginx.replaceAll(/^[^\n]*(broken header|refused[^\n]*dead)[^\n]*\n/gm, '');
    const found = await seen(log, `${name}.shop.example`);
    expect(found.outcome).toBe(outcome);
    expect(found.en + found.zh).not.toMatch(/\{[a-z]/);
    expect(found.used.toSorted()).toEqual(step.reads.toSorted());
  });

  it('says proxy-protocol whatever the host', async () =>
    expect((await seen(ofNginx, 'any.shop.example')).outcome).toBe('proxy-protocol'));

  it.each([
    ['no-endpoint', front({ paths: [rule('/', 'Prefix', backendOf({ number: 80 }, 'nobody'))] })],
    ['no-service', front({ paths: [rule('/', 'Prefix', backendOf({ number: 80 }, 'missing'))] })],
    ['class-ignored', { ...front(), metadata: { namespace: 'shop', name: 'foreign' } }],
    ['certificate-missing', front({ spec: wantsTls })],
  ])('%s', async (outcome, ingress) => {
    const name = ingress.metadata?.name ?? '';
    const flow = { ...asking('cart.shop.example'), to: { ...asking('cart.shop.example').to, name } } as const;
    const clock = { now: () => after(ofController) };
    const found = await look(cluster(ingress), { flow, answers: { logs: () => ofController, clock } });
    expect(found.outcome).toBe(outcome);
  });

  it('leaves out what is older than ten minutes', async () =>
    expect((await seen(ofNginx, 'refused.shop.example', { late: 11 * 60_000 })).outcome).toBe('quiet'));

  it('is not-understood where nothing looks like a log of nginx', async () =>
    expect((await seen('level=info msg="configuration loaded"', 'cart.shop.example')).outcome).toBe('not-understood'));

  // Two that no lab shows, in the words of the source of ingress-nginx: reload-fails and no-rights.
  it('fails for what the controller cannot do', () =>
    expect([step.outcomes['reload-fails'], step.outcomes['no-rights']]).toEqual(['fail', 'fail']));
});
