import { conformance } from '../asking.js';
import { account, globalPolicy, globalSet, networkSet, ofCheckout, onCart, policy, together } from './tables.js';

const from = (source: string) => policy('a', onCart(`{ action: Allow, source: ${source} }`));
const to = (destination: string) => policy('a', ofCheckout(`{ action: Allow, destination: ${destination} }`));
const fromAnywhere = (source: string) =>
  globalPolicy('a', `{ selector: app == 'cart', ingress: [{ action: Allow, source: ${source} }] }`);
const _rule = (body: string) => policy('a', onCart(`{ action: Allow, ${body} }`));

conformance('Calico: whom else a rule speaks of', [
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
