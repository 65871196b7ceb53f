import { conformance } from '../asking.js';
import { globalPolicy, hostEndpoint, ofCheckout, onCart, policy, together } from './tables.js';

const from = (source: string) => policy('a', onCart(`{ action: Allow, source: ${source} }`));
const _to = (destination: string) => policy('a', ofCheckout(`{ action: Allow, destination: ${destination} }`));
const rule = (body: string) => policy('a', onCart(`{ action: Allow, ${body} }`));

conformance('Calico: ports and protocols', [
  {
    says: 'protocol absent: every protocol.',
    manifests: from('{ selector: all() }'),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 80/udp allowed',
      'shop/checkout -> shop/cart 80/sctp allowed',
    ],
  },
  {
    says: 'protocol by name.',
    manifests: rule('protocol: TCP'),
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/checkout -> shop/cart 80/udp denied'],
  },
  {
    says: 'protocol by number: 17 is UDP.',
    manifests: rule('protocol: 17'),
    asks: ['shop/checkout -> shop/cart 80/udp allowed', 'shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'notProtocol: every protocol but this one.',
    manifests: rule('notProtocol: TCP'),
    asks: ['shop/checkout -> shop/cart 80/udp allowed', 'shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'ports: a number.',
    manifests: rule('protocol: TCP, destination: { ports: [8080] }'),
    asks: [
      'shop/checkout -> shop/cart 8080 allowed',
      'shop/checkout -> shop/cart 8081 denied',
      'shop/checkout -> shop/cart 8080/udp denied',
    ],
  },
  {
    says: 'ports: a range, both ends included.',
    manifests: rule("protocol: TCP, destination: { ports: ['8000:8080'] }"),
    asks: [
      'shop/checkout -> shop/cart 8000 allowed',
      'shop/checkout -> shop/cart 8080 allowed',
      'shop/checkout -> shop/cart 8081 denied',
      'shop/checkout -> shop/cart 7999 denied',
    ],
  },
  {
    says: 'ports: a named port is that of each endpoint.',
    manifests: rule('protocol: TCP, destination: { ports: [http] }'),
    asks: [
      'shop/checkout -> shop/cart 8080 allowed',
      'shop/checkout -> shop/cart-next 9090 allowed',
      'shop/checkout -> shop/cart 9090 denied',
    ],
  },
  {
    says: 'A named port of another protocol does not match.',
    manifests: rule('protocol: TCP, destination: { ports: [dns] }'),
    asks: ['shop/checkout -> shop/cart 5353 denied', 'shop/checkout -> shop/cart 5353/udp denied'],
  },
  {
    says: 'Several ports are ORed.',
    manifests: rule("protocol: TCP, destination: { ports: [80, '90:91', http] }"),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 91 allowed',
      'shop/checkout -> shop/cart 8080 allowed',
      'shop/checkout -> shop/cart 92 denied',
    ],
  },
  {
    says: 'notPorts negates the whole list.',
    manifests: rule('protocol: TCP, destination: { notPorts: [80, 81] }'),
    asks: [
      'shop/checkout -> shop/cart 80 denied',
      'shop/checkout -> shop/cart 81 denied',
      'shop/checkout -> shop/cart 82 allowed',
      'shop/checkout -> shop/cart 82/udp denied',
    ],
  },
  {
    says: 'ports and notPorts are ANDed.',
    manifests: rule("protocol: TCP, destination: { ports: ['80:90'], notPorts: [85] }"),
    asks: ['shop/checkout -> shop/cart 84 allowed', 'shop/checkout -> shop/cart 85 denied'],
  },
  {
    says: 'ports of a source are those the connection is opened from, which nobody knows.',
    manifests: rule('protocol: TCP, source: { ports: [1024] }'),
    asks: ['shop/checkout -> shop/cart 80 unknown source-port', 'shop/checkout -> shop/cart 80/udp denied'],
  },
  {
    says: 'icmp narrows a rule to ICMP: no connection of TCP is meant.',
    manifests: rule('protocol: ICMP, icmp: { type: 8 }'),
    asks: ['shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'notICMP leaves the other protocols as they are.',
    manifests: rule('notICMP: { type: 8 }'),
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'http is judged to the port, the rest depends on the request.',
    manifests: rule("http: { methods: ['GET'] }"),
    asks: ['shop/checkout -> shop/cart 80 allowed layer-7'],
  },
]);

conformance('Calico: hosts', [
  {
    says: 'preDNAT policies concern host endpoints only.',
    manifests: globalPolicy('a', '{ preDNAT: true, applyOnForward: true, ingress: [{ action: Deny }] }'),
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'doNotTrack policies concern host endpoints only.',
    manifests: globalPolicy('a', '{ doNotTrack: true, applyOnForward: true, ingress: [{ action: Deny }] }'),
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'applyOnForward leaves what the policy says of Pods as it is.',
    manifests: globalPolicy('a', "{ selector: app == 'cart', applyOnForward: true, ingress: [{ action: Deny }] }"),
    asks: ['shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'Traffic of a node with a host endpoint is not judged.',
    manifests: hostEndpoint('node-a', '{ role: host }'),
    asks: ['node/node-a -> payments/ledger 80 unknown host-endpoint', 'node/node-b -> payments/till 80 allowed'],
  },
  {
    says: 'Forwarded traffic of a host endpoint that an applyOnForward policy selects is not judged.',
    manifests: together(
      hostEndpoint('node-a', '{ role: host }'),
      globalPolicy('a', "{ selector: role == 'host', applyOnForward: true, ingress: [{ action: Deny }] }"),
    ),
    asks: ['shop/cart -> shop/checkout 80 unknown host-endpoint', 'payments/twin -> shop/cart 80 allowed'],
  },
  {
    says: 'Without applyOnForward a host endpoint decides on traffic of the host itself.',
    manifests: together(
      hostEndpoint('node-a', '{ role: host }'),
      globalPolicy('a', "{ selector: role == 'host', ingress: [{ action: Deny }] }"),
    ),
    asks: ['shop/cart -> shop/checkout 80 allowed'],
  },
]);
