import { conformance } from '../asking.js';
import { globalPolicy, ofCheckout, onCart, policy, stored, tier, together } from './tables.js';

const kubernetes = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: let-all, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, ingress: [{}] }`;

const deny = '{ action: Deny }';
const allow = '{ action: Allow }';

conformance('Calico: tiers and order', [
  {
    says: 'If a policy in the tier allows the packet, evaluation is done.',
    manifests: policy('a', onCart(`${allow}, ${deny}`)),
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/checkout -> shop/dual 80 allowed'],
  },
  {
    says: 'If a policy in the tier denies the packet, evaluation is done.',
    manifests: policy('a', onCart(`${deny}, ${allow}`)),
    asks: ['shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'Policies apply to endpoints they select; others are open (the profile of a namespace allows).',
    manifests: policy('a', "{ selector: app == 'dual', ingress: [] }"),
    asks: ['shop/checkout -> shop/dual 80 denied', 'shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'If the tier applies to the endpoint but takes no action on the packet, the packet is dropped.',
    manifests: policy('a', onCart("{ action: Allow, source: { selector: app == 'dual' } }")),
    asks: ['shop/dual -> shop/cart 80 allowed', 'shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'Policies are processed in order: the lowest first.',
    manifests: together(policy('a', onCart(deny, 'order: 20,')), policy('b', onCart(allow, 'order: 10,'))),
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'order may be a fraction.',
    manifests: together(policy('a', onCart(deny, 'order: 1.5,')), policy('b', onCart(allow, 'order: 1.25,'))),
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'order below zero comes before zero.',
    manifests: together(policy('a', onCart(deny, 'order: 0,')), policy('b', onCart(allow, 'order: -5,'))),
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'If the order is omitted, the policy is last.',
    manifests: together(policy('a', onCart(allow)), policy('b', onCart(deny, 'order: 5000000,'))),
    asks: ['shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'Policies with identical order are sorted by name.',
    manifests: together(policy('b', onCart(deny, 'order: 1,')), policy('a', onCart(allow, 'order: 1,'))),
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'Two policies without an order are sorted by name.',
    manifests: together(policy('b', onCart(allow)), policy('a', onCart(deny))),
    asks: ['shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'Log: the packet is logged, and the next rule is processed.',
    manifests: policy('a', onCart(`{ action: Log }, ${allow}`)),
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'Log alone decides nothing: the tier drops what no rule decided.',
    manifests: policy('a', onCart('{ action: Log }')),
    asks: ['shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'Pass: the next tier containing a policy that applies to the endpoint processes the packet.',
    manifests: together(
      tier('security', '{ order: 100 }'),
      globalPolicy('security.a', `{ tier: security, selector: all(), ingress: [{ action: Pass }] }`),
      policy('b', onCart(deny)),
    ),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/checkout -> shop/dual 80 allowed'],
  },
  {
    says: 'Pass in the last tier leaves the decision to the profile, which allows.',
    manifests: policy('a', onCart(`{ action: Pass }, ${deny}`)),
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'Tiers are sorted by their order, smallest number first.',
    manifests: together(
      tier('late', '{ order: 200 }'),
      tier('early', '{ order: 100 }'),
      globalPolicy('late.a', `{ tier: late, selector: all(), ingress: [${deny}] }`),
      globalPolicy('early.a', `{ tier: early, selector: all(), ingress: [${allow}] }`),
    ),
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'A tier without an order comes after those that have one, the default tier included.',
    manifests: together(
      tier('last', '{}'),
      globalPolicy('last.a', `{ tier: last, selector: all(), ingress: [${deny}] }`),
      policy('a', onCart(allow)),
    ),
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/checkout -> shop/dual 80 denied'],
  },
  {
    says: 'A tier that selects the endpoint and does not decide drops the packet before any later tier.',
    manifests: together(
      tier('security', '{ order: 100 }'),
      globalPolicy(
        'security.a',
        "{ tier: security, selector: all(), ingress: [{ action: Allow, source: { selector: app == 'dual' } }] }",
      ),
      policy('b', onCart(allow)),
    ),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/dual -> shop/cart 80 allowed'],
  },
  {
    says: 'This behaviour can be changed by setting the defaultAction of a tier to Pass.',
    manifests: together(
      tier('security', '{ order: 100, defaultAction: Pass }'),
      globalPolicy(
        'security.a',
        "{ tier: security, selector: all(), ingress: [{ action: Deny, source: { selector: app == 'dual' } }] }",
      ),
    ),
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/dual -> shop/cart 80 denied'],
  },
  {
    says: 'A tier whose policies select nothing of the endpoint has no effect on it.',
    manifests: together(
      tier('security', '{ order: 100 }'),
      globalPolicy('security.a', "{ tier: security, selector: app == 'dual', ingress: [] }"),
    ),
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/checkout -> shop/dual 80 denied'],
  },
  {
    says: 'A tier may be called like one of the evaluator: it keeps its own order.',
    manifests: together(
      tier('admin', '{ order: 20000000 }'),
      globalPolicy('admin.a', `{ tier: admin, selector: app == 'cart', ingress: [${deny}] }`),
      policy('b', onCart(allow)),
    ),
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'The order of a tier that nobody has written down is not known.',
    manifests: globalPolicy('secret.a', `{ tier: secret, selector: app == 'cart', ingress: [${deny}] }`),
    asks: ['shop/checkout -> shop/cart 80 unknown tier-unknown', 'shop/checkout -> shop/dual 80 allowed'],
  },
  {
    says: 'Kubernetes policies are in the default tier with order 1000: a lower order overrides them.',
    manifests: together(kubernetes, policy('a', onCart(deny, 'order: 999,'))),
    asks: ['shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'A Calico policy with a higher order comes after those of Kubernetes.',
    manifests: together(kubernetes, policy('a', onCart(deny, 'order: 1001,'))),
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'A Calico policy without an order comes after those of Kubernetes.',
    manifests: together(kubernetes, policy('a', onCart(deny))),
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'Kubernetes policies and those of Calico share the drop at the end of the default tier.',
    specs: [
      '{podSelector: {matchLabels: {app: cart}}, ingress: [{from: [{podSelector: {matchLabels: {app: dual}}}]}]}',
    ],
    manifests: policy('a', onCart("{ action: Allow, source: { selector: app == 'fresh' } }")),
    asks: [
      'shop/dual -> shop/cart 80 allowed',
      'shop/fresh -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 80 denied',
    ],
  },
  {
    says: 'AdminNetworkPolicies are in the tier kube-admin with order 1,000: a tier below it comes first.',
    manifests: together(
      tier('first', '{ order: 10 }'),
      globalPolicy('first.a', `{ tier: first, selector: app == 'cart', ingress: [${allow}] }`),
      `apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: no }
spec: { priority: 1, subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }] }`,
    ),
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/checkout -> shop/dual 80 denied'],
  },
  {
    says: 'types absent, no rules: Ingress.',
    manifests: policy('a', "{ selector: app == 'cart' }"),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/cart -> shop/checkout 80 allowed'],
  },
  {
    says: 'types absent, only egress rules: Egress alone.',
    manifests: policy('a', `{ selector: app == 'cart', egress: [${deny}] }`),
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/cart -> shop/checkout 80 denied'],
  },
  {
    says: 'types absent, both sorts of rules: Ingress and Egress.',
    manifests: policy('a', `{ selector: app == 'cart', ingress: [${allow}], egress: [${deny}] }`),
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/cart -> shop/checkout 80 denied'],
  },
  {
    says: 'types given are final: rules of another type have no effect.',
    manifests: policy('a', `{ selector: app == 'cart', types: [Ingress], ingress: [${allow}], egress: [${deny}] }`),
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/cart -> shop/checkout 80 allowed'],
  },
  {
    says: 'types [Ingress, Egress] without rules denies both.',
    manifests: policy('a', "{ selector: app == 'cart', types: [Ingress, Egress] }"),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/cart -> shop/checkout 80 denied'],
  },
  {
    says: 'An absent selector of a policy is all().',
    manifests: policy('a', '{ ingress: [] }'),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/checkout -> payments/till 80 allowed'],
  },
  {
    says: 'NetworkPolicy in a specific namespace only applies to endpoints in that namespace.',
    manifests: policy('a', '{ selector: all(), ingress: [] }', 'payments'),
    asks: ['shop/checkout -> payments/till 80 denied', 'shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'GlobalNetworkPolicy applies to workload endpoints in all namespaces.',
    manifests: globalPolicy('a', '{ selector: all(), ingress: [] }'),
    asks: ['shop/checkout -> payments/till 80 denied', 'shop/checkout -> ops/probe 80 denied'],
  },
  {
    says: 'The namespaceSelector of a global policy selects namespaces by their labels.',
    manifests: globalPolicy('a', "{ namespaceSelector: team == 'money', ingress: [] }"),
    asks: ['shop/checkout -> payments/till 80 denied', 'shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'Pods in the network of their node are no workload endpoints.',
    manifests: globalPolicy('a', '{ selector: all(), ingress: [] }'),
    asks: ['payments/till -> shop/agent 8080 allowed host-network'],
  },
  {
    says: 'Both sides have to allow.',
    manifests: together(policy('a', onCart(allow)), policy('b', ofCheckout(deny))),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/dual -> shop/cart 80 allowed'],
  },
  {
    says: 'The kinds as they are stored mean the same; their names carry the tier.',
    manifests: stored('NetworkPolicy', 'default.a', onCart(deny)),
    asks: ['shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'An object that is there as stored and as served is one.',
    manifests: together(stored('NetworkPolicy', 'default.a', onCart(deny)), policy('a', onCart(allow))),
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'Staged policies are not enforced.',
    manifests: `apiVersion: projectcalico.org/v3
kind: StagedNetworkPolicy
metadata: { name: soon, namespace: shop }
spec: { selector: all(), ingress: [] }`,
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
]);
