import { conformance } from '../asking.js';
import { clusterwide, ofCheckout, toCart } from './tables.js';

const ports = (list: string, more = '') => toCart(`{ toPorts: [{ ports: [${list}]${more} }] }`);

conformance('Cilium: ports', [
  {
    says: 'Layer 4 policy can be specified independently of layer 3: to any layer 3 destination.',
    manifests: ports("{ port: '80', protocol: TCP }"),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      '203.0.113.9 -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 81 denied',
    ],
  },
  {
    says: 'protocol: if omitted, any protocol matches.',
    manifests: ports("{ port: '80' }"),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 80/udp allowed',
      'shop/checkout -> shop/cart 80/sctp allowed',
    ],
  },
  {
    says: 'protocol: ANY.',
    manifests: ports("{ port: '80', protocol: ANY }"),
    asks: ['shop/checkout -> shop/cart 80/udp allowed', 'shop/checkout -> shop/cart 81 denied'],
  },
  {
    says: 'endPort: ports 80-444, both included.',
    manifests: ports("{ port: '80', endPort: 444, protocol: TCP }"),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 444 allowed',
      'shop/checkout -> shop/cart 445 denied',
    ],
  },
  {
    says: 'Port can be a name.',
    manifests: ports('{ port: http, protocol: TCP }'),
    asks: [
      'shop/checkout -> shop/cart 8080 allowed',
      'shop/checkout -> shop/cart-next 9090 allowed',
      'shop/checkout -> shop/cart 80 denied',
    ],
  },
  {
    says: 'EndPort is ignored if Port is a named port.',
    manifests: ports('{ port: http, endPort: 9000, protocol: TCP }'),
    asks: ['shop/checkout -> shop/cart 8080 allowed', 'shop/checkout -> shop/cart 8081 denied'],
  },
  {
    says: 'Port 0 is every port of the protocol.',
    manifests: ports("{ port: '0', protocol: UDP }"),
    asks: ['shop/checkout -> shop/cart 53/udp allowed', 'shop/checkout -> shop/cart 53 denied'],
  },
  {
    says: 'Labels-dependent layer 4: peer and port both have to match.',
    manifests: toCart(
      "{ fromEndpoints: [{ matchLabels: { tier: front } }], toPorts: [{ ports: [{ port: '80', protocol: TCP }] }] }",
    ),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 81 denied',
      'shop/dual -> shop/cart 80 denied',
    ],
  },
  {
    says: 'CIDR-dependent layer 4: range and port both have to match.',
    manifests: ofCheckout("{ toCIDR: [203.0.113.0/24], toPorts: [{ ports: [{ port: '80', protocol: TCP }] }] }"),
    asks: [
      'shop/checkout -> 203.0.113.9 80 allowed',
      'shop/checkout -> 203.0.113.9 81 denied',
      'shop/checkout -> 198.51.100.1 80 denied',
    ],
  },
  {
    says: 'Several entries are ORed.',
    manifests: toCart("{ toPorts: [{ ports: [{ port: '80' }] }, { ports: [{ port: '90' }, { port: '91' }] }] }"),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 91 allowed',
      'shop/checkout -> shop/cart 92 denied',
    ],
  },
  {
    says: 'L7 rules may refuse more: the port is allowed.',
    manifests: ports("{ port: '80', protocol: TCP }", ', rules: { http: [{ method: GET }] }'),
    asks: ['shop/checkout -> shop/cart 80 allowed layer-7', 'shop/checkout -> shop/cart 81 denied'],
  },
  {
    says: 'Server names are asked of the handshake.',
    manifests: ofCheckout("{ toPorts: [{ ports: [{ port: '443', protocol: TCP }], serverNames: [one.one.one.one] }] }"),
    asks: ['shop/checkout -> 203.0.113.9 443 allowed layer-7'],
  },
  {
    says: 'An entry without ports is read in different ways.',
    manifests: toCart('{ toPorts: [{}] }'),
    asks: ['shop/checkout -> shop/cart 80 unknown ports-empty'],
  },
  {
    says: 'If any ICMP policy is specified, layer 4 is blocked unless allowed elsewhere.',
    manifests: toCart('{ icmps: [{ fields: [{ type: 8, family: IPv4 }, { type: EchoRequest, family: IPv6 }] }] }'),
    asks: ['shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'authentication required: allowed, when both ends authenticate.',
    manifests: toCart('{ fromEndpoints: [{}], authentication: { mode: required } }'),
    asks: ['shop/checkout -> shop/cart 80 allowed authentication'],
  },
  {
    says: 'nodeSelector applies to hosts only.',
    manifests: clusterwide('a', '{ nodeSelector: { matchLabels: { zone: east } }, ingress: [{}] }'),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'payments/ledger -> node/node-a 22 unknown host-firewall',
      'shop/checkout -> node/node-b 22 allowed',
    ],
  },
]);
