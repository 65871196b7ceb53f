import { conformance } from '../asking.js';
import { globalPolicy, globalSet, networkSet, ofCheckout, onCart, policy, together } from './tables.js';

const from = (source: string) => policy('a', onCart(`{ action: Allow, source: ${source} }`));
const _to = (destination: string) => policy('a', ofCheckout(`{ action: Allow, destination: ${destination} }`));
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
]);
