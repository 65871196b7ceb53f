import { expect, it } from 'vitest';
import { balancerAddress } from '../../src/domain/balancer-address.js';

const given = (...ingress: object[]) => balancerAddress({ status: { loadBalancer: { ingress } } });

it.each([
  ['a name, which kube-proxy knows nothing of', 'lb.example.com', [{ hostname: 'lb.example.com' }]],
  ['an address that is left alone', '192.0.2.7', [{ ip: '192.0.2.7', ipMode: 'Proxy' }]],
  ['an address that kube-proxy takes', undefined, [{ ip: '192.0.2.7' }]],
  ['the same, said aloud', undefined, [{ ip: '192.0.2.7', ipMode: 'VIP' }]],
  ['an address with its name', undefined, [{ ip: '192.0.2.7', hostname: 'lb.example.com' }]],
  ['nothing yet', undefined, []],
])('%s: %s', (_, wanted, ingress) => expect(given(...ingress)).toBe(wanted));
