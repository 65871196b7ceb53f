import { conformance } from '../asking.js';
import {
  account,
  globalPolicy,
  globalSet,
  hostEndpoint,
  networkSet,
  ofCheckout,
  onCart,
  policy,
  together,
} from './tables.js';

const from = (source: string) => policy('a', onCart(`{ action: Allow, source: ${source} }`));
const to = (destination: string) => policy('a', ofCheckout(`{ action: Allow, destination: ${destination} }`));
const fromAnywhere = (source: string) =>
  globalPolicy('a', `{ selector: app == 'cart', ingress: [{ action: Allow, source: ${source} }] }`);
const rule = (body: string) => policy('a', onCart(`{ action: Allow, ${body} }`));

conformance('Calico: whom a rule speaks of', [
  {
    says: 'selector in a namespaced policy: endpoints of that namespace only.',
    manifests: from("{ selector: tier == 'front' }"),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'payments/till -> shop/cart 80 denied',
      'shop/dual -> shop/cart 80 denied',
    ],
  },
  {
    says: 'selector in a global policy: endpoints of all namespaces.',
    manifests: fromAnywhere("{ selector: tier == 'front' }"),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'payments/till -> shop/cart 80 allowed',
      '203.0.113.9 -> shop/cart 80 denied',
    ],
  },
  {
    says: 'all() matches endpoints, and no address outside.',
    manifests: fromAnywhere('{ selector: all() }'),
    asks: ['payments/till -> shop/cart 80 allowed', '203.0.113.9 -> shop/cart 80 denied'],
  },
  {
    says: 'A selector of a negation matches endpoints that lack the label, and no address outside.',
    manifests: fromAnywhere("{ selector: app != 'till' }"),
    asks: [
      'ops/probe -> shop/cart 80 allowed',
      'payments/till -> shop/cart 80 denied',
      '203.0.113.9 -> shop/cart 80 denied',
    ],
  },
  {
    says: 'namespaceSelector: only traffic of endpoints in the selected namespaces.',
    manifests: from("{ namespaceSelector: team == 'money' }"),
    asks: ['payments/till -> shop/cart 80 allowed', 'shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'When both selector and namespaceSelector are defined, they are ANDed.',
    manifests: from("{ namespaceSelector: team == 'money', selector: tier == 'front' }"),
    asks: ['payments/till -> shop/cart 80 allowed', 'payments/ledger -> shop/cart 80 denied'],
  },
  {
    says: 'namespaceSelector all(): workloads of any namespace.',
    manifests: from("{ namespaceSelector: all(), selector: tier == 'front' }"),
    asks: ['payments/till -> shop/cart 80 allowed', 'shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'projectcalico.org/name is the name of a namespace.',
    manifests: from("{ namespaceSelector: projectcalico.org/name == 'ops' }"),
    asks: ['ops/probe -> shop/cart 80 allowed', 'payments/till -> shop/cart 80 denied'],
  },
  {
    says: 'kubernetes.io/metadata.name works in a namespaceSelector, too.',
    manifests: from(`{ namespaceSelector: "kubernetes.io/metadata.name in {'ops', 'payments'}" }`),
    asks: ['ops/probe -> shop/cart 80 allowed', 'shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'projectcalico.org/namespace can be used in a selector of a global policy.',
    manifests: fromAnywhere("{ selector: projectcalico.org/namespace == 'ops' }"),
    asks: ['ops/probe -> shop/cart 80 allowed', 'payments/till -> shop/cart 80 denied'],
  },
  {
    says: 'projectcalico.org/orchestrator is k8s for Pods.',
    manifests: fromAnywhere("{ selector: projectcalico.org/orchestrator == 'k8s' }"),
    asks: ['ops/probe -> shop/cart 80 allowed', '203.0.113.9 -> shop/cart 80 denied'],
  },
  {
    says: 'projectcalico.org/serviceaccount is the service account of a Pod.',
    manifests: fromAnywhere("{ selector: projectcalico.org/serviceaccount == 'ledger' }"),
    asks: ['payments/ledger -> shop/cart 80 allowed', 'payments/till -> shop/cart 80 denied'],
  },
  {
    says: 'notSelector in a global policy matches everything else, addresses outside included.',
    manifests: fromAnywhere("{ notSelector: tier == 'front' }"),
    asks: [
      '203.0.113.9 -> shop/cart 80 allowed',
      'ops/probe -> shop/cart 80 allowed',
      'payments/till -> shop/cart 80 denied',
    ],
  },
  {
    says: 'notSelector in a namespaced policy keeps to the namespace as any selector does.',
    manifests: from("{ notSelector: tier == 'front' }"),
    asks: [
      'shop/dual -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 80 denied',
      'ops/probe -> shop/cart 80 denied',
      '203.0.113.9 -> shop/cart 80 denied',
    ],
  },
  {
    says: 'selector and notSelector are ANDed.',
    manifests: from(`{ selector: has(app), notSelector: "app in {'dual'}" }`),
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/dual -> shop/cart 80 denied'],
  },
  {
    says: 'Neither source nor destination: all traffic.',
    manifests: rule(''),
    asks: ['203.0.113.9 -> shop/cart 80 allowed', 'payments/till -> shop/cart 80 allowed'],
  },
  {
    says: 'nets: the source address lies in one of the networks, Pods included.',
    manifests: from('{ nets: [203.0.113.0/24, 10.1.0.0/24] }'),
    asks: [
      '203.0.113.9 -> shop/cart 80 allowed',
      '198.51.100.1 -> shop/cart 80 denied',
      'payments/till -> shop/cart 80 allowed',
      'payments/ledger -> shop/cart 80 denied',
    ],
  },
  {
    says: 'nets of a Pod whose address is not known yet.',
    manifests: from('{ nets: [10.1.0.0/24] }'),
    asks: ['shop/fresh -> shop/cart 80 unknown address-unknown'],
  },
  {
    says: 'notNets: the source address lies in none of the networks.',
    manifests: from('{ notNets: [203.0.113.0/24] }'),
    asks: [
      '203.0.113.9 -> shop/cart 80 denied',
      '198.51.100.1 -> shop/cart 80 allowed',
      'payments/till -> shop/cart 80 allowed',
    ],
  },
  {
    says: 'nets and notNets are ANDed.',
    manifests: from('{ nets: [203.0.113.0/24], notNets: [203.0.113.128/25] }'),
    asks: ['203.0.113.9 -> shop/cart 80 allowed', '203.0.113.200 -> shop/cart 80 denied'],
  },
  {
    says: 'nets and selector are ANDed.',
    manifests: from("{ nets: [10.1.0.0/24], selector: tier == 'front' }"),
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/dual -> shop/cart 80 denied'],
  },
  {
    says: 'IPv6 networks match IPv6 only.',
    manifests: policy(
      'a',
      "{ selector: app == 'dual', ingress: [{ action: Allow, source: { nets: ['2001:db8::/32'] } }] }",
    ),
    asks: [
      '2001:db8::1 -> shop/dual 80 allowed',
      '2001:db9::1 -> shop/dual 80 denied',
      '203.0.113.9 -> shop/dual 80 denied',
    ],
  },
  {
    says: 'ipVersion limits a rule to one family.',
    manifests: policy('a', "{ selector: app == 'dual', ingress: [{ action: Allow, ipVersion: 6 }] }"),
    asks: ['2001:db8::1 -> shop/dual 80 allowed', '203.0.113.9 -> shop/dual 80 denied'],
  },
  {
    says: 'A GlobalNetworkSet is matched by its labels and stands for its nets.',
    manifests: together(
      fromAnywhere("{ selector: role == 'partner' }"),
      globalSet('{ role: partner }', '[203.0.113.0/24]'),
    ),
    asks: ['203.0.113.9 -> shop/cart 80 allowed', '198.51.100.1 -> shop/cart 80 denied'],
  },
  {
    says: 'Pods whose address lies in a set match as well.',
    manifests: together(
      fromAnywhere("{ selector: role == 'partner' }"),
      globalSet('{ role: partner }', '[10.1.0.0/24]'),
    ),
    asks: ['payments/till -> shop/cart 80 allowed', 'payments/ledger -> shop/cart 80 denied'],
  },
  {
    says: 'A NetworkSet belongs to its namespace, and is matched in policies of that namespace.',
    manifests: together(from("{ selector: role == 'partner' }"), networkSet('{ role: partner }', '[203.0.113.0/24]')),
    asks: ['203.0.113.9 -> shop/cart 80 allowed'],
  },
  {
    says: 'A NetworkSet of another namespace needs a namespaceSelector.',
    manifests: together(
      from("{ selector: role == 'partner' }"),
      networkSet('{ role: partner }', '[203.0.113.0/24]', 'ops'),
    ),
    asks: ['203.0.113.9 -> shop/cart 80 denied'],
  },
  {
    says: 'A NetworkSet of another namespace, with a namespaceSelector.',
    manifests: together(
      from("{ selector: role == 'partner', namespaceSelector: all() }"),
      networkSet('{ role: partner }', '[203.0.113.0/24]', 'ops'),
    ),
    asks: ['203.0.113.9 -> shop/cart 80 allowed'],
  },
  {
    says: 'A namespaced policy reaches a GlobalNetworkSet with namespaceSelector global().',
    manifests: together(
      from("{ selector: role == 'partner', namespaceSelector: global() }"),
      globalSet('{ role: partner }', '[203.0.113.0/24]'),
    ),
    asks: ['203.0.113.9 -> shop/cart 80 allowed'],
  },
  {
    says: 'Without global() a namespaced policy does not reach a GlobalNetworkSet.',
    manifests: together(from("{ selector: role == 'partner' }"), globalSet('{ role: partner }', '[203.0.113.0/24]')),
    asks: ['203.0.113.9 -> shop/cart 80 denied'],
  },
  {
    says: 'namespaceSelector all() leaves out what is in no namespace.',
    manifests: together(
      from("{ selector: role == 'partner', namespaceSelector: all() }"),
      globalSet('{ role: partner }', '[203.0.113.0/24]'),
    ),
    asks: ['203.0.113.9 -> shop/cart 80 denied'],
  },
  {
    says: 'A namespaceSelector of a label that is missing reaches what is in no namespace.',
    manifests: together(
      from("{ selector: role == 'partner', namespaceSelector: team != 'web' }"),
      globalSet('{ role: partner }', '[203.0.113.0/24]'),
    ),
    asks: ['203.0.113.9 -> shop/cart 80 allowed'],
  },
  {
    says: 'A set with domains may stand for any address outside.',
    manifests: together(
      policy(
        'a',
        ofCheckout("{ action: Allow, destination: { namespaceSelector: global(), selector: role == 'partner' } }"),
      ),
      `apiVersion: projectcalico.org/v3
kind: GlobalNetworkSet
metadata: { name: partners, labels: { role: partner } }
spec: { allowedEgressDomains: [www.example.com] }`,
    ),
    asks: ['shop/checkout -> 203.0.113.9 443 unknown domain-name', 'shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'domains of a destination: the addresses are not known.',
    manifests: to('{ domains: [www.example.com] }'),
    asks: ['shop/checkout -> 203.0.113.9 443 unknown domain-name'],
  },
  {
    says: 'serviceAccounts names: the Pod runs as one of them.',
    manifests: fromAnywhere('{ serviceAccounts: { names: [ledger, other] } }'),
    asks: [
      'payments/ledger -> shop/cart 80 allowed',
      'payments/till -> shop/cart 80 denied',
      '203.0.113.9 -> shop/cart 80 denied',
    ],
  },
  {
    says: 'serviceAccounts in a namespaced policy keep to the namespace.',
    manifests: from('{ serviceAccounts: { names: [ledger] } }'),
    asks: ['payments/ledger -> shop/cart 80 denied'],
  },
  {
    says: 'serviceAccounts selector: by the labels of the account.',
    manifests: together(
      fromAnywhere("{ serviceAccounts: { selector: role == 'book' } }"),
      account('payments', 'ledger', '{ role: book }'),
      account('payments', 'default', '{}'),
    ),
    asks: ['payments/ledger -> shop/cart 80 allowed', 'payments/till -> shop/cart 80 denied'],
  },
  {
    says: 'The labels of an account that nobody has written down are not known.',
    manifests: fromAnywhere("{ serviceAccounts: { selector: role == 'book' } }"),
    asks: ['payments/ledger -> shop/cart 80 unknown account-unknown', '203.0.113.9 -> shop/cart 80 denied'],
  },
  {
    says: 'Names and selector of service accounts are ANDed.',
    manifests: together(
      fromAnywhere("{ serviceAccounts: { names: [default], selector: role == 'book' } }"),
      account('payments', 'ledger', '{ role: book }'),
      account('payments', 'default', '{}'),
    ),
    asks: ['payments/ledger -> shop/cart 80 denied', 'payments/till -> shop/cart 80 denied'],
  },
  {
    says: 'serviceAccountSelector of a policy selects its Pods.',
    manifests: together(
      policy('a', "{ serviceAccountSelector: role == 'book', ingress: [] }", 'payments'),
      account('payments', 'ledger', '{ role: book }'),
      account('payments', 'default', '{}'),
    ),
    asks: ['shop/checkout -> payments/ledger 80 denied', 'shop/checkout -> payments/till 80 allowed'],
  },
  {
    says: 'services as a destination: its endpoints, at its ports only.',
    manifests: to('{ services: { name: cart, namespace: shop } }'),
    asks: [
      'shop/checkout -> shop/cart 8080 allowed',
      'shop/checkout -> shop/cart-next 9090 allowed',
      'shop/checkout -> shop/cart 9090 denied',
      'shop/checkout -> shop/dual 8080 denied',
      'shop/checkout -> shop/cart 5353/udp allowed',
    ],
  },
  {
    says: 'A Service without a selector: the addresses that are listed.',
    manifests: to('{ services: { name: partner } }'),
    asks: [
      'shop/checkout -> 203.0.113.7 8443 allowed',
      'shop/checkout -> 203.0.113.7 443 denied',
      'shop/checkout -> 203.0.113.8 8443 denied',
    ],
  },
  {
    says: 'services as a source: its endpoints, whatever their port.',
    manifests: policy(
      'a',
      "{ selector: app == 'checkout', ingress: [{ action: Allow, source: { services: { name: cart } } }] }",
    ),
    asks: ['shop/cart -> shop/checkout 80 allowed', 'shop/dual -> shop/checkout 80 denied'],
  },
  {
    says: 'A Service that nobody has written down may have any endpoint.',
    manifests: to('{ services: { name: gone } }'),
    asks: ['shop/checkout -> shop/cart 8080 unknown service-unknown'],
  },
  {
    says: 'The own side of a rule narrows it: destination of an ingress rule.',
    manifests: policy('a', "{ ingress: [{ action: Allow, destination: { selector: version == '2' } }] }"),
    asks: ['shop/checkout -> shop/cart-next 80 allowed', 'shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'The own side of a rule narrows it: source of an egress rule.',
    manifests: policy(
      'a',
      "{ types: [Egress], egress: [{ action: Deny, source: { selector: app == 'checkout' } }, { action: Allow }] }",
    ),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/dual -> shop/cart 80 allowed'],
  },
]);

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
