import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/ingress/ingress-has-a-rule-for-the-request.js';
import { looking } from '../look.js';
import { asking, backendOf, front, host, rule, toFront } from './front.js';

const look = looking(step, 'ingress-has-a-rule-for-the-request');
const paths = [rule('/deeds'), rule('/only', 'Exact'), rule('/a', 'ImplementationSpecific')];
const spread = front({ paths });

describe('ingress-has-a-rule-for-the-request', () => {
  it.each([
    ['matched', [front()], toFront],
    ['matched', [front()], asking(host.toUpperCase(), '/any?page=2')],
    ['matched', [front({ host: '*.shop.example' })], asking(host)],
    ['host-differs', [front({ host: '*.shop.example' })], asking(`eu.${host}`)],
    ['host-differs', [front()], asking('cart.old.example')],
    ['matched', [spread], asking(host, '/deeds/7')],
    ['matched', [spread], asking(host, '/abc')],
    ['path-differs', [spread], asking(host, '/deedsmore')],
    ['path-differs', [spread], asking(host, '/only/more')],
    ['own-syntax', [front({ paths: [rule('/v(1|2)/.*', 'ImplementationSpecific')] })], asking(host, '/v1/x')],
    ['default-backend', [front({ spec: { defaultBackend: backendOf() } })], asking('cart.old.example')],
    ['no-rules', [front({ spec: { rules: [] } })], toFront],
    ['missing', [], toFront],
  ])('%s', async (outcome, ingresses, flow) => {
    const seen = await look({ ingresses }, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used).toEqual(step.reads);
  });

  it('asks for what the first rule was written for, where the operator names nothing', async () => {
    const { facts } = await look({ ingresses: [spread] }, { flow: toFront });
    expect(facts).toMatchObject({ host, path: '/deeds', backend: 'cart', 'backend-port': 80 });
  });

  it('prefers the host by name, then the longest path, then the exact one', async () => {
    const ports = [rule('/', 'Prefix'), rule('/deeds', 'Prefix', backendOf({ name: 'deeds' }))];
    const exact = rule('/deeds', 'Exact', backendOf({ name: 'exact' }));
    const { facts } = await look(
      { ingresses: [front({ paths: [...ports, exact] })] },
      { flow: asking(host, '/deeds') },
    );
    expect(facts).toMatchObject({ 'backend-port': 'exact' });
  });

  it('takes a rule without a host for every host', async () => {
    const ingresses = [front({ spec: { rules: [{ http: { paths: [rule('/')] } }] } })];
    expect((await look({ ingresses }, { flow: asking('any.example') })).outcome).toBe('matched');
  });
});
