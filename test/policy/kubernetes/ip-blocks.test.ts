import { conformance } from '../asking.js';

const toCart = (from: string) => `{podSelector: {matchLabels: {app: cart}}, ingress: [{from: ${from}}]}`;
const ofCheckout = (to: string) =>
  `{podSelector: {matchLabels: {app: checkout}}, policyTypes: [Egress], egress: [{to: ${to}}]}`;

conformance('NetworkPolicy: ipBlock', [
  {
    says: 'ipBlock: this selects particular IP CIDR ranges to allow as ingress sources.',
    specs: [toCart('[{ipBlock: {cidr: 203.0.113.0/24}}]')],
    asks: [
      '203.0.113.9 -> shop/cart 80 allowed',
      '203.0.114.9 -> shop/cart 80 denied',
      'shop/checkout -> shop/cart 80 denied',
    ],
  },
  {
    says: 'ipBlock: this selects particular IP CIDR ranges to allow as egress destinations.',
    specs: [ofCheckout('[{ipBlock: {cidr: 203.0.113.0/24}}]')],
    asks: [
      'shop/checkout -> 203.0.113.255 80 allowed',
      'shop/checkout -> 203.0.112.255 80 denied',
      'shop/checkout -> shop/cart 80 denied',
    ],
  },
  {
    says: 'All of 172.17.0.0/16 except 172.17.1.0/24.',
    specs: [toCart('[{ipBlock: {cidr: 172.17.0.0/16, except: [172.17.1.0/24]}}]')],
    asks: [
      '172.17.0.255 -> shop/cart 80 allowed',
      '172.17.1.0 -> shop/cart 80 denied',
      '172.17.1.255 -> shop/cart 80 denied',
      '172.17.2.0 -> shop/cart 80 allowed',
      '172.18.0.0 -> shop/cart 80 denied',
    ],
  },
  {
    says: 'except removes addresses from its own block only: another rule may allow them again.',
    specs: [toCart('[{ipBlock: {cidr: 172.17.0.0/16, except: [172.17.1.0/24]}}, {ipBlock: {cidr: 172.17.1.7/32}}]')],
    asks: ['172.17.1.7 -> shop/cart 80 allowed', '172.17.1.8 -> shop/cart 80 denied'],
  },
  {
    says: 'except of one policy does not take from another policy.',
    specs: [
      toCart('[{ipBlock: {cidr: 172.17.0.0/16, except: [172.17.1.0/24]}}]'),
      toCart('[{ipBlock: {cidr: 172.17.0.0/16}}]'),
    ],
    asks: ['172.17.1.7 -> shop/cart 80 allowed'],
  },
  {
    says: 'Several except ranges.',
    specs: [ofCheckout('[{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8, 192.168.0.0/16]}}]')],
    asks: [
      'shop/checkout -> 203.0.113.9 443 allowed',
      'shop/checkout -> 10.9.9.9 443 denied',
      'shop/checkout -> 192.168.9.9 443 denied',
      'shop/checkout -> shop/cart 443 denied',
    ],
  },
  {
    says: "The Kubernetes tests allow egress access to a server in a CIDR block: a Pod's address matches, and that depends on the plugin.",
    specs: [ofCheckout('[{ipBlock: {cidr: 10.1.1.0/24}}]')],
    asks: ['shop/checkout -> shop/cart 80 allowed block-matches-pod', 'shop/checkout -> shop/cart-next 80 denied'],
  },
  {
    says: "The Kubernetes tests enforce except for a Pod's address.",
    specs: [ofCheckout('[{ipBlock: {cidr: 10.1.1.0/24, except: [10.1.1.12/32]}}]')],
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/checkout -> payments/ledger 80 allowed block-matches-pod'],
  },
  {
    says: 'A Pod that a selector allows needs no remark about blocks.',
    specs: [ofCheckout('[{ipBlock: {cidr: 10.1.1.0/24}}, {podSelector: {matchLabels: {app: cart}}}]')],
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'A single address is /32.',
    specs: [toCart('[{ipBlock: {cidr: 203.0.113.9/32}}]')],
    asks: [
      '203.0.113.9 -> shop/cart 80 allowed',
      '203.0.113.10 -> shop/cart 80 denied',
      '203.0.113.8 -> shop/cart 80 denied',
    ],
  },
  {
    says: '0.0.0.0/0 is every IPv4 address, and no IPv6 address.',
    specs: ['{podSelector: {matchLabels: {app: dual}}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}'],
    asks: ['203.0.113.9 -> shop/dual 80 allowed', '2001:db8::9 -> shop/dual 80 denied'],
  },
  {
    says: '::/0 is every IPv6 address, and no IPv4 address.',
    specs: ['{podSelector: {matchLabels: {app: dual}}, ingress: [{from: [{ipBlock: {cidr: "::/0"}}]}]}'],
    asks: ['203.0.113.9 -> shop/dual 80 denied', '2001:db8::9 -> shop/dual 80 allowed'],
  },
  {
    says: 'IPv6 blocks and exceptions.',
    specs: [
      '{podSelector: {matchLabels: {app: dual}}, ingress: [{from: [{ipBlock: {cidr: "2001:db8::/64", except: ["2001:db8::1/96"]}}]}]}',
    ],
    asks: [
      '2001:db8::1:0:0:1 -> shop/dual 80 allowed',
      '2001:db8::9 -> shop/dual 80 denied',
      '2001:db8:0:1::9 -> shop/dual 80 denied',
    ],
  },
  {
    says: 'Pods with several addresses match per address and family: where the families differ there is no answer.',
    specs: ['{podSelector: {matchLabels: {app: dual}}, ingress: [{from: [{ipBlock: {cidr: 10.1.1.0/24}}]}]}'],
    asks: [
      'payments/twin -> shop/dual 80 unknown differs',
      'payments/ledger -> shop/dual 80 allowed',
      '10.1.1.25 -> shop/dual 80 allowed',
      '[fd00:1::25] -> shop/dual 80 denied',
    ],
  },
  {
    says: 'Where both families are allowed there is one answer.',
    specs: [
      '{podSelector: {matchLabels: {app: dual}}, ingress: [{from: [{ipBlock: {cidr: 10.1.1.0/24}}, {ipBlock: {cidr: "fd00:1::/64"}}]}]}',
    ],
    asks: ['payments/twin -> shop/dual 80 allowed'],
  },
  {
    says: 'A Pod without an address may be in the block or not.',
    specs: [toCart('[{ipBlock: {cidr: 10.1.0.0/16}}]')],
    asks: [
      'shop/fresh -> shop/cart 80 unknown address-unknown',
      'shop/catalog -> shop/cart 80 unknown address-unknown',
    ],
  },
  {
    says: 'Where another rule allows a Pod without an address, the block does not matter.',
    specs: [toCart('[{ipBlock: {cidr: 10.1.0.0/16}}, {podSelector: {matchLabels: {app: fresh}}}]')],
    asks: ['shop/fresh -> shop/cart 80 allowed'],
  },
  {
    says: 'The address of a Pod is that Pod: selectors apply to whoever has it.',
    specs: [toCart('[{podSelector: {matchLabels: {app: checkout}}}]')],
    asks: ['10.1.0.11 -> shop/cart 80 allowed', '10.1.0.99 -> shop/cart 80 denied'],
  },
  {
    says: 'A CIDR as an end: one answer where the whole of it has one.',
    specs: [toCart('[{ipBlock: {cidr: 203.0.113.0/24}}]')],
    asks: [
      'cidr/203.0.113.128/25 -> shop/cart 80 allowed',
      'cidr/203.0.112.0/23 -> shop/cart 80 unknown differs',
      'cidr/198.51.100.0/24 -> shop/cart 80 denied',
      '203.0.113.0/24 -> shop/cart 80 allowed',
    ],
  },
  {
    says: 'The whole outside: an answer only where nothing is treated differently.',
    specs: [toCart('[{ipBlock: {cidr: 203.0.113.0/24}}]')],
    asks: [
      'outside -> shop/cart 80 unknown differs',
      'outside -> payments/till 80 allowed',
      'outside/ip/203.0.113.7 -> shop/cart 80 allowed',
    ],
  },
  {
    says: 'A name may be any address: denied only where all are.',
    specs: [ofCheckout('[{podSelector: {}}]')],
    asks: ['shop/checkout -> host/www.example.com 443 denied', 'shop/cart -> host/www.example.com 443 allowed'],
  },
]);
