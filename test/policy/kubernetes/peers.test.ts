import { conformance } from '../asking.js';

const toCart = (from: string) => `{podSelector: {matchLabels: {app: cart}}, ingress: [{from: ${from}}]}`;
const ofCheckout = (to: string) =>
  `{podSelector: {matchLabels: {app: checkout}}, policyTypes: [Egress], egress: [{to: ${to}}]}`;
const expression = (body: string) => toCart(`[{podSelector: {matchExpressions: [${body}]}}]`);

conformance('NetworkPolicy: peers', [
  {
    says: 'podSelector: this selects particular Pods in the same namespace as the NetworkPolicy.',
    specs: [toCart('[{podSelector: {matchLabels: {tier: front}}}]')],
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'payments/till -> shop/cart 80 denied',
      'shop/dual -> shop/cart 80 denied',
    ],
  },
  {
    says: 'namespaceSelector: this selects particular namespaces for which all Pods should be allowed.',
    specs: [toCart('[{namespaceSelector: {matchLabels: {team: money}}}]')],
    asks: [
      'payments/till -> shop/cart 80 allowed',
      'payments/ledger -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 80 denied',
    ],
  },
  {
    says: 'A single entry that specifies both namespaceSelector and podSelector selects particular Pods within particular namespaces.',
    specs: [toCart('[{namespaceSelector: {matchLabels: {team: money}}, podSelector: {matchLabels: {tier: front}}}]')],
    asks: [
      'payments/till -> shop/cart 80 allowed',
      'payments/ledger -> shop/cart 80 denied',
      'shop/checkout -> shop/cart 80 denied',
    ],
  },
  {
    says: 'Two elements in the from array allow connections from either.',
    specs: [toCart('[{namespaceSelector: {matchLabels: {team: money}}}, {podSelector: {matchLabels: {tier: front}}}]')],
    asks: [
      'payments/ledger -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 80 allowed',
      'ops/probe -> shop/cart 80 denied',
    ],
  },
  {
    says: "An empty podSelector in a peer means all pods of the policy's own namespace.",
    specs: [toCart('[{podSelector: {}}]')],
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'payments/till -> shop/cart 80 denied',
      '203.0.113.9 -> shop/cart 80 denied',
    ],
  },
  {
    says: 'An empty namespaceSelector means all pods of all namespaces, and no address outside.',
    specs: [toCart('[{namespaceSelector: {}}]')],
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'ops/probe -> shop/cart 80 allowed',
      '203.0.113.9 -> shop/cart 80 denied',
    ],
  },
  {
    says: 'from absent: this rule matches all sources (traffic not restricted by source).',
    specs: ['{podSelector: {matchLabels: {app: cart}}, ingress: [{ports: [{port: 80}]}]}'],
    asks: [
      'ops/probe -> shop/cart 80 allowed',
      '203.0.113.9 -> shop/cart 80 allowed',
      'ops/probe -> shop/cart 81 denied',
    ],
  },
  {
    says: 'from empty: this rule matches all sources.',
    specs: [toCart('[]')],
    asks: ['ops/probe -> shop/cart 80 allowed', '203.0.113.9 -> shop/cart 80 allowed'],
  },
  {
    says: 'to absent or empty: this rule matches all destinations.',
    specs: [ofCheckout('[]')],
    asks: ['shop/checkout -> ops/probe 80 allowed', 'shop/checkout -> 203.0.113.9 80 allowed'],
  },
  {
    says: 'If to is present and contains at least one item, this rule allows traffic only if it matches at least one.',
    specs: [ofCheckout('[{podSelector: {matchLabels: {app: cart}}}]')],
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart-next 80 allowed',
      'shop/checkout -> shop/dual 80 denied',
      'shop/checkout -> 203.0.113.9 80 denied',
    ],
  },
  {
    says: 'Several rules: one that matches is enough.',
    specs: [
      '{podSelector: {matchLabels: {app: cart}}, ingress: [{from: [{podSelector: {matchLabels: {app: nobody}}}]}, {from: [{podSelector: {matchLabels: {app: dual}}}]}]}',
    ],
    asks: ['shop/dual -> shop/cart 80 allowed', 'shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'matchLabels: all of the requirements must be satisfied.',
    specs: [toCart('[{podSelector: {matchLabels: {app: checkout, tier: front}}}]')],
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'matchLabels: one that differs is enough to fail.',
    specs: [toCart('[{podSelector: {matchLabels: {app: checkout, tier: back}}}]')],
    asks: ['shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'In: the value is one of several.',
    specs: [expression('{key: app, operator: In, values: [checkout, dual]}')],
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/dual -> shop/cart 80 allowed',
      'shop/fresh -> shop/cart 80 denied',
    ],
  },
  {
    says: 'In: a missing key does not match.',
    specs: [expression('{key: tier, operator: In, values: [front]}')],
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/dual -> shop/cart 80 denied'],
  },
  {
    says: 'NotIn: all resources with no labels with the key match as well.',
    specs: [expression('{key: tier, operator: NotIn, values: [front]}')],
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/dual -> shop/cart 80 allowed'],
  },
  {
    says: 'Exists: the key is there, whatever its value.',
    specs: [expression('{key: tier, operator: Exists}')],
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/dual -> shop/cart 80 denied'],
  },
  {
    says: 'DoesNotExist: the key is not there.',
    specs: [expression('{key: tier, operator: DoesNotExist}')],
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/dual -> shop/cart 80 allowed'],
  },
  {
    says: 'All of the requirements, from both matchLabels and matchExpressions, are ANDed together.',
    specs: [
      toCart(
        '[{podSelector: {matchLabels: {tier: front}, matchExpressions: [{key: app, operator: NotIn, values: [checkout]}]}}]',
      ),
    ],
    asks: ['shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'Several expressions are ANDed.',
    specs: [expression('{key: app, operator: Exists}, {key: tier, operator: DoesNotExist}')],
    asks: ['shop/dual -> shop/cart 80 allowed', 'shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'The control plane sets an immutable label kubernetes.io/metadata.name on all namespaces.',
    specs: [toCart('[{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: payments}}}]')],
    asks: ['payments/till -> shop/cart 80 allowed', 'ops/probe -> shop/cart 80 denied'],
  },
  {
    says: 'A namespace that no manifest writes down has that label, too.',
    specs: [toCart('[{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ops}}}]')],
    asks: ['ops/probe -> shop/cart 80 allowed', 'payments/till -> shop/cart 80 denied'],
  },
  {
    says: 'A namespace without labels of its own matches NotIn and DoesNotExist.',
    specs: [toCart('[{namespaceSelector: {matchExpressions: [{key: team, operator: DoesNotExist}]}}]')],
    asks: [
      'ops/probe -> shop/cart 80 allowed',
      'payments/till -> shop/cart 80 denied',
      'shop/checkout -> shop/cart 80 denied',
    ],
  },
  {
    says: "A namespaceSelector that matches the policy's own namespace includes it.",
    specs: [toCart('[{namespaceSelector: {matchLabels: {team: web}}}]')],
    asks: ['shop/checkout -> shop/cart 80 allowed', 'payments/till -> shop/cart 80 denied'],
  },
  {
    says: "The labels of a workload's Pods count, not its own.",
    specs: ['{podSelector: {matchLabels: {app: catalog}}}'],
    asks: [
      'shop/checkout -> shop/catalog 80 denied',
      'shop/checkout -> deploy/shop/catalog 80 denied',
      'shop/checkout -> shop/catalog[Deployment] 80 denied',
    ],
  },
  {
    says: 'Labels of the workload itself select nothing.',
    specs: ['{podSelector: {matchLabels: {app: not-of-the-pods}}}'],
    asks: ['shop/checkout -> shop/catalog 80 allowed'],
  },
]);
