import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fill, placeholders } from '../../src/domain/text.js';

describe('fill', () => {
  const facts = {
    service: 'cart',
    ready: ['10.0.0.7', '10.0.0.8'],
    none: [],
    blank: '',
    selector: { app: 'cart', tier: 'api' },
    ports: [{ port: 80 }],
    retries: 0,
    sealed: false,
    'dns.search': 'shop.svc',
  };

  it.each([
    ['Service {service}.', 'Service cart.'],
    ['{ready.length} endpoints: {ready}.', '2 endpoints: 10.0.0.7, 10.0.0.8.'],
    ['selector {selector}', 'selector app=cart,tier=api'],
    ['{selector.app}', 'cart'],
    ['{ports}', 'port=80'],
    ['{ports.0.port}', '80'],
    ['{none}|{blank}', '-|-'],
    ['{retries} {sealed}', '0 false'],
    ['{dns.search}', 'shop.svc'],
    ["kubectl get pods -o jsonpath='{.items}'", "kubectl get pods -o jsonpath='{.items}'"],
    ['{wanted} {selector.zone} {service.name}', '{wanted} {selector.zone} {service.name}'],
    ['{constructor} {toString} {selector.hasOwnProperty}', '{constructor} {toString} {selector.hasOwnProperty}'],
    ['no placeholder { service }', 'no placeholder { service }'],
  ])('%s', (template, sentence) => expect(fill(template, facts)).toBe(sentence));

  it('puts values in as they are, also those that look like a pattern', () => {
    expect(fill('{service}', { service: '$& {ready}' })).toBe('$& {ready}');
  });

  it('never throws and loses no placeholder that has no fact', () => {
    const template = fc
      .array(fc.oneof(fc.string(), fc.constantFrom('{cart}', '{cart.port}', '{till.0}')))
      .map((parts) => parts.join(''));
    const anyFacts = fc.dictionary(fc.constantFrom('cart', 'till', 'other'), fc.jsonValue());
    fc.assert(
      fc.property(template, anyFacts, (text, values) => {
        const known = values as Parameters<typeof fill>[1];
        expect(typeof fill(text, known)).toBe('string');
        expect(fill(text, {})).toBe(text);
      }),
    );
  });
});

describe('placeholders', () => {
  it('names them in order, each as often as it stands', () => {
    expect(placeholders('{service}:{port} and {ready.length} of {service}')).toEqual([
      'service',
      'port',
      'ready.length',
      'service',
    ]);
    expect(placeholders('{} {.items} {1}')).toEqual([]);
  });
});
