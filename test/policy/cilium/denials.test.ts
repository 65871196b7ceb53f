import { conformance } from '../asking.js';
import { clusterwide, ofCheckout, on, policy, several, toCart, together } from './tables.js';

const fromFront = '{ fromEndpoints: [{ matchLabels: { tier: front } }] }';
const kubernetes = (ingress: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: k, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, ingress: ${ingress} }`;
const _ports = (list: string, more = '') => toCart(`{ toPorts: [{ ports: [${list}]${more} }] }`);

conformance('Cilium: default deny', [
  {
    says: 'Endpoints have unrestricted network access until selected by policy.',
    manifests: toCart(fromFront),
    asks: [
      'payments/till -> shop/dual 80 allowed',
      'shop/dual -> shop/cart 80 denied',
      'shop/checkout -> shop/cart 80 allowed',
    ],
  },
  {
    says: 'If any rule selects an endpoint and has an ingress section, it goes into default deny at ingress only.',
    manifests: toCart(fromFront),
    asks: ['shop/cart -> shop/dual 80 allowed'],
  },
  {
    says: 'If any rule selects an endpoint and has an egress section, it goes into default deny at egress.',
    manifests: ofCheckout('{ toEndpoints: [{ matchLabels: { app: cart } }] }'),
    asks: ['shop/checkout -> shop/dual 80 denied', 'shop/dual -> shop/checkout 80 allowed'],
  },
  {
    says: 'An empty rule puts the endpoint into default deny without whitelisting anybody.',
    manifests: toCart('{}'),
    asks: ['shop/checkout -> shop/cart 80 denied', '203.0.113.9 -> shop/cart 80 denied'],
  },
  {
    says: 'If omitted or empty, this rule does not apply at ingress.',
    manifests: policy('a', on('cart', 'ingress: []')),
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'An empty endpointSelector selects all endpoints of the namespace.',
    manifests: policy('a', '{ endpointSelector: {}, ingress: [{}] }'),
    asks: [
      'shop/checkout -> shop/cart 80 denied',
      'shop/checkout -> shop/dual 80 denied',
      'shop/checkout -> payments/till 80 allowed',
    ],
  },
  {
    says: 'A clusterwide policy selects endpoints of every namespace.',
    manifests: clusterwide('a', '{ endpointSelector: {}, ingress: [{}] }'),
    asks: ['shop/checkout -> payments/till 80 denied', 'shop/checkout -> ops/probe 80 denied'],
  },
  {
    says: 'A clusterwide policy may select endpoints by their namespace.',
    manifests: clusterwide(
      'a',
      "{ endpointSelector: { matchLabels: { 'k8s:io.kubernetes.pod.namespace': payments } }, ingress: [{}] }",
    ),
    asks: ['shop/checkout -> payments/till 80 denied', 'shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'enableDefaultDeny false: the policy allows without denying the rest.',
    manifests: policy('a', on('cart', `enableDefaultDeny: { ingress: false }, ingress: [${fromFront}]`)),
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/dual -> shop/cart 80 allowed'],
  },
  {
    says: 'enableDefaultDeny false leaves the denials.',
    manifests: policy('a', on('cart', `enableDefaultDeny: { ingress: false }, ingressDeny: [${fromFront}]`)),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/dual -> shop/cart 80 allowed'],
  },
  {
    says: 'Default deny is enabled if any policy requests it.',
    manifests: together(
      policy('a', on('cart', `enableDefaultDeny: { ingress: false }, ingress: [${fromFront}]`)),
      policy('b', on('cart', 'ingress: [{ fromEndpoints: [{ matchLabels: { app: fresh } }] }]')),
    ),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/fresh -> shop/cart 80 allowed',
      'shop/dual -> shop/cart 80 denied',
    ],
  },
  {
    says: 'enableDefaultDeny true without a rule denies everything.',
    manifests: policy('a', on('cart', 'enableDefaultDeny: { ingress: true }')),
    asks: ['shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'spec and specs: every rule counts.',
    manifests: several('a', `[${on('cart', `ingress: [${fromFront}]`)}, ${on('dual', 'ingress: [{}]')}]`),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/dual -> shop/cart 80 denied',
      'shop/checkout -> shop/dual 80 denied',
    ],
  },
  {
    says: 'Policies of Kubernetes and of Cilium add up.',
    manifests: together(toCart(fromFront), kubernetes('[{from: [{podSelector: {matchLabels: {app: dual}}}]}]')),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/dual -> shop/cart 80 allowed',
      'shop/fresh -> shop/cart 80 denied',
    ],
  },
  {
    says: 'Policy must be configured on both sides.',
    manifests: together(
      policy('a', on('checkout', 'egress: [{}]')),
      policy('b', on('cart', 'ingress: [{ fromEntities: [all] }]')),
    ),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/dual -> shop/cart 80 allowed'],
  },
]);

conformance('Cilium: denials', [
  {
    says: 'Deny policies take precedence over allow policies.',
    manifests: policy('a', on('cart', `ingress: [{ fromEntities: [all] }], ingressDeny: [${fromFront}]`)),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/dual -> shop/cart 80 allowed'],
  },
  {
    says: 'regardless of which policy they stand in.',
    manifests: together(
      policy('a', on('cart', 'ingress: [{ fromEntities: [all] }]')),
      clusterwide('z', on('cart', 'ingressDeny: [{ fromEndpoints: [{ matchLabels: { app: checkout } }] }]')),
    ),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/dual -> shop/cart 80 allowed'],
  },
  {
    says: 'or even a Kubernetes Network Policy.',
    manifests: together(policy('a', on('cart', `ingressDeny: [${fromFront}]`)), kubernetes('[{}]')),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/dual -> shop/cart 80 allowed'],
  },
  {
    says: 'Similarly to allow policies, Pods enter default deny as soon as a policy selects them.',
    manifests: policy('a', on('cart', `ingressDeny: [${fromFront}]`)),
    asks: ['shop/dual -> shop/cart 80 denied'],
  },
  {
    says: 'Layer 4 (81/TCP) allowed, 80/TCP denied.',
    manifests: policy(
      'a',
      on(
        'cart',
        "ingress: [{ fromEntities: [all] }], ingressDeny: [{ toPorts: [{ ports: [{ port: '80', protocol: TCP }] }] }]",
      ),
    ),
    asks: [
      'shop/checkout -> shop/cart 81 allowed',
      'shop/checkout -> shop/cart 80 denied',
      'shop/checkout -> shop/cart 80/udp allowed',
    ],
  },
  {
    says: 'egressDeny: egress traffic is denied even if egress rules would allow it.',
    manifests: policy(
      'a',
      on(
        'checkout',
        'egress: [{ toEntities: [all] }], egressDeny: [{ toEndpoints: [{ matchLabels: { app: cart } }] }]',
      ),
    ),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/checkout -> shop/dual 80 allowed'],
  },
  {
    says: 'A denial that says nothing denies nothing, and isolates.',
    manifests: policy('a', on('cart', `ingress: [${fromFront}], ingressDeny: [{}]`)),
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/dual -> shop/cart 80 denied'],
  },
  {
    says: 'fromRequires: constraints which must be met, whatever other rules allow.',
    manifests: together(
      policy('a', on('cart', 'ingress: [{ fromRequires: [{ matchLabels: { tier: front } }] }]')),
      policy('b', on('cart', 'ingress: [{ fromEndpoints: [{}] }]')),
    ),
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/dual -> shop/cart 80 denied requires-removed'],
  },
  {
    says: 'fromRequires does not allow anything on its own.',
    manifests: policy('a', on('cart', 'ingress: [{ fromRequires: [{ matchLabels: { tier: front } }] }]')),
    asks: ['shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'What toRequires says of ends without labels stays open.',
    manifests: together(
      policy('a', on('checkout', 'egress: [{ toRequires: [{ matchLabels: { tier: front } }] }]')),
      policy('b', on('checkout', 'egress: [{ toEntities: [all] }]')),
    ),
    asks: ['shop/checkout -> 203.0.113.9 80 unknown requires-beyond-endpoints', 'shop/checkout -> shop/cart 80 denied'],
  },
]);
