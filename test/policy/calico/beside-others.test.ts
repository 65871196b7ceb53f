import { conformance } from '../asking.js';
import { globalPolicy, ofCheckout, onCart, policy, stored, tier, together } from './tables.js';

const kubernetes = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: let-all, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, ingress: [{}] }`;
const deny = '{ action: Deny }';
const allow = '{ action: Allow }';

conformance('Calico: beside other policies', [
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
