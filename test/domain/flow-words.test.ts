import { describe, expect, it } from 'vitest';
import { flowBetween, readEnd } from '../../src/domain/ends.js';
import { flowWordNames, flowWords } from '../../src/domain/flow-words.js';

const words = (from: string, to: string, context?: string) =>
  flowWords(flowBetween(readEnd(from, 'shop'), readEnd(to, 'shop')), context);

describe('flowWords', () => {
  it.each([
    [
      'pod/web/client',
      'svc/shop/cart:http',
      {
        source: 'web/client',
        'source-namespace': 'web',
        'source-pod': 'client',
        destination: 'shop/cart',
        namespace: 'shop',
        service: 'cart',
        port: 'http',
        protocol: 'TCP',
      },
    ],
    [
      'deploy/web',
      'pod/shop/cart-0:8080',
      {
        source: 'shop/web',
        'source-namespace': 'shop',
        destination: 'shop/cart-0',
        namespace: 'shop',
        pod: 'cart-0',
        port: 8080,
        protocol: 'TCP',
      },
    ],
    ['node/node-a', 'host/www.example.com', { source: 'node-a', destination: 'www.example.com', protocol: 'TCP' }],
    ['outside', 'ip/192.0.2.7:53/udp', { source: 'outside', destination: '192.0.2.7', port: 53, protocol: 'UDP' }],
    [
      'outside/ip/198.51.100.7',
      'ing/front',
      { source: '198.51.100.7', destination: 'shop/front', namespace: 'shop', ingress: 'front', protocol: 'TCP' },
    ],
    [
      'control-plane',
      'cidr/203.0.113.0/24',
      { source: 'control-plane', destination: '203.0.113.0/24', protocol: 'TCP' },
    ],
  ])('%s -> %s', (from, to, expected) => expect(words(from, to)).toEqual(expected));

  it('says only words that texts may name, and every one of them for some flow', () => {
    const flows = ['svc/cart:80', 'pod/cart', 'ing/front'].map((to) => words('pod/client', to, 'prod'));
    const seen = flows.flatMap(Object.keys);
    expect([...new Set(seen)].sort()).toEqual([...flowWordNames].sort());
  });
});
