import { conformance } from '../asking.js';

const toCart = (ports: string) => `{podSelector: {matchLabels: {app: cart}}, ingress: [{ports: ${ports}}]}`;
const ofCheckout = (ports: string) =>
  `{podSelector: {matchLabels: {app: checkout}}, policyTypes: [Egress], egress: [{ports: ${ports}}]}`;

conformance('NetworkPolicy: ports', [
  {
    says: 'If ports is empty or missing, this rule matches all ports (traffic not restricted by port).',
    specs: [toCart('[]')],
    asks: [
      'shop/checkout -> shop/cart 1 allowed',
      'shop/checkout -> shop/cart 65535/udp allowed',
      'shop/checkout -> shop/cart 9/sctp allowed',
    ],
  },
  {
    says: 'If ports contains at least one item, traffic is allowed only if it matches at least one port in the list.',
    specs: [toCart('[{port: 80}, {port: 443}]')],
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 443 allowed',
      'shop/checkout -> shop/cart 81 denied',
    ],
  },
  {
    says: 'protocol: if not specified, this field defaults to TCP.',
    specs: [toCart('[{port: 53}]')],
    asks: [
      'shop/checkout -> shop/cart 53/tcp allowed',
      'shop/checkout -> shop/cart 53/udp denied',
      'shop/checkout -> shop/cart 53/sctp denied',
    ],
  },
  {
    says: 'protocol UDP is not TCP.',
    specs: [toCart('[{port: 53, protocol: UDP}]')],
    asks: ['shop/checkout -> shop/cart 53/udp allowed', 'shop/checkout -> shop/cart 53/tcp denied'],
  },
  {
    says: 'SCTP can be named as a protocol.',
    specs: [toCart('[{port: 7777, protocol: SCTP}]')],
    asks: ['shop/checkout -> shop/cart 7777/sctp allowed', 'shop/checkout -> shop/cart 7777/tcp denied'],
  },
  {
    says: 'port: if this field is not provided, this matches all port names and numbers of the protocol.',
    specs: [toCart('[{protocol: UDP}]')],
    asks: [
      'shop/checkout -> shop/cart 1/udp allowed',
      'shop/checkout -> shop/cart 65535/udp allowed',
      'shop/checkout -> shop/cart 53/tcp denied',
    ],
  },
  {
    says: 'An empty entry means all TCP ports, because TCP is the default.',
    specs: [toCart('[{}]')],
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/checkout -> shop/cart 80/udp denied'],
  },
  {
    says: 'A policy may allow a port that no container declares: container ports are information only.',
    specs: [toCart('[{port: 4711}]')],
    asks: ['shop/checkout -> shop/cart 4711 allowed'],
  },
  {
    says: 'A named port is resolved on the Pod that receives: the number differs from Pod to Pod.',
    specs: [toCart('[{port: http}]')],
    asks: [
      'shop/checkout -> shop/cart 8080 allowed',
      'shop/checkout -> shop/cart 9090 denied',
      'shop/checkout -> shop/cart-next 9090 allowed',
      'shop/checkout -> shop/cart-next 8080 denied',
    ],
  },
  {
    says: 'A named port is resolved by name and protocol.',
    specs: [toCart('[{port: dns}]')],
    asks: ['shop/checkout -> shop/cart 5353/udp denied', 'shop/checkout -> shop/cart 5353/tcp denied'],
  },
  {
    says: 'A named port of the right protocol.',
    specs: [toCart('[{port: dns, protocol: UDP}]')],
    asks: ['shop/checkout -> shop/cart 5353/udp allowed', 'shop/checkout -> shop/cart 5353/tcp denied'],
  },
  {
    says: 'A name that the receiving Pod does not declare matches nothing.',
    specs: [toCart('[{port: nothing}]')],
    asks: ['shop/checkout -> shop/cart 8080 denied', 'shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'Sidecars contribute named ports; other init containers do not.',
    specs: [toCart('[{port: metrics}, {port: once}]')],
    asks: ['shop/checkout -> shop/cart 9102 allowed', 'shop/checkout -> shop/cart 9999 denied'],
  },
  {
    says: 'In egress rules a named port is that of the destination, not of the subject.',
    specs: ['{podSelector: {matchLabels: {app: cart}}, policyTypes: [Egress], egress: [{ports: [{port: sql}]}]}'],
    asks: [
      'shop/cart -> payments/ledger 5432 allowed',
      'shop/cart -> payments/ledger 5433 denied',
      'shop/cart -> payments/till 5432 denied',
    ],
  },
  {
    says: 'Addresses have no named ports.',
    specs: [ofCheckout('[{port: http}]')],
    asks: [
      'shop/checkout -> 203.0.113.9 8080 denied',
      'shop/checkout -> shop/cart 8080 allowed',
      'shop/checkout -> shop/cart-next 9090 allowed',
    ],
  },
  {
    says: 'A named port of a workload is that of its template.',
    specs: ['{podSelector: {matchLabels: {app: catalog}}, ingress: [{ports: [{port: http}]}]}'],
    asks: [
      'shop/checkout -> shop/catalog 8000 allowed',
      'shop/checkout -> shop/catalog 8080 denied',
      'shop/checkout -> shop/catalog http allowed',
    ],
  },
  {
    says: 'endPort: the range of ports from port to endPort, inclusive.',
    specs: [ofCheckout('[{port: 32000, endPort: 32768}]')],
    asks: [
      'shop/checkout -> shop/cart 31999 denied',
      'shop/checkout -> shop/cart 32000 allowed',
      'shop/checkout -> shop/cart 32768 allowed',
      'shop/checkout -> shop/cart 32769 denied',
    ],
  },
  {
    says: 'endPort may be equal to port.',
    specs: [toCart('[{port: 80, endPort: 80}]')],
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/checkout -> shop/cart 81 denied'],
  },
  {
    says: 'A range is one of its protocol.',
    specs: [toCart('[{protocol: UDP, port: 100, endPort: 200}]')],
    asks: ['shop/checkout -> shop/cart 150/udp allowed', 'shop/checkout -> shop/cart 150/tcp denied'],
  },
  {
    says: 'Each rule allows traffic which matches both the from and ports sections: they do not mix between rules.',
    specs: [
      '{podSelector: {matchLabels: {app: cart}}, ingress: [{from: [{podSelector: {matchLabels: {app: checkout}}}], ports: [{port: 80}]}, {from: [{podSelector: {matchLabels: {app: dual}}}], ports: [{port: 443}]}]}',
    ],
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 443 denied',
      'shop/dual -> shop/cart 443 allowed',
      'shop/dual -> shop/cart 80 denied',
    ],
  },
  {
    says: 'The example of the documentation, ingress: 6379 from a block with an exception, a namespace, and Pods.',
    specs: [
      '{podSelector: {matchLabels: {app: cart}}, policyTypes: [Ingress, Egress], ingress: [{from: [{ipBlock: {cidr: 172.17.0.0/16, except: [172.17.1.0/24]}}, {namespaceSelector: {matchLabels: {team: money}}}, {podSelector: {matchLabels: {tier: front}}}], ports: [{protocol: TCP, port: 6379}]}], egress: [{to: [{ipBlock: {cidr: 10.0.0.0/24}}], ports: [{protocol: TCP, port: 5978}]}]}',
    ],
    asks: [
      '172.17.0.9 -> shop/cart 6379 allowed',
      '172.17.1.9 -> shop/cart 6379 denied',
      'payments/ledger -> shop/cart 6379 allowed',
      'shop/checkout -> shop/cart 6379 allowed',
      'shop/checkout -> shop/cart 6380 denied',
      'ops/probe -> shop/cart 6379 denied',
      'shop/cart -> 10.0.0.7 5978 allowed',
      'shop/cart -> 10.0.0.7 5979 denied',
      'shop/cart -> 10.0.1.7 5978 denied',
    ],
  },
]);
