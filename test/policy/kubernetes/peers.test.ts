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
