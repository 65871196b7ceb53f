import { conformance } from '../asking.js';
import { clusterwide, ofCheckout, on, toCart, together } from './tables.js';

const from = (selector: string) => toCart(`{ fromEndpoints: [${selector}] }`);

conformance('Cilium: endpoints', [
  {
    says: 'fromEndpoints selects the source endpoint by its labels.',
    manifests: from('{ matchLabels: { tier: front } }'),
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/dual -> shop/cart 80 denied'],
  },
  {
    says: 'The selector is limited to the namespace the policy lives in.',
    manifests: from('{ matchLabels: { tier: front } }'),
    asks: ['payments/till -> shop/cart 80 denied'],
  },
  {
    says: 'An empty selector selects all endpoints of the namespace of the policy.',
    manifests: from('{}'),
    asks: [
      'shop/dual -> shop/cart 80 allowed',
      'payments/till -> shop/cart 80 denied',
      '203.0.113.9 -> shop/cart 80 denied',
    ],
  },
  {
    says: 'In a clusterwide policy an empty selector selects every managed endpoint.',
    manifests: clusterwide('a', on('cart', 'ingress: [{ fromEndpoints: [{}] }]')),
    asks: [
      'payments/till -> shop/cart 80 allowed',
      '203.0.113.9 -> shop/cart 80 denied',
      'node/node-a -> shop/cart 80 denied',
    ],
  },
  {
    says: 'Another namespace is named by io.kubernetes.pod.namespace.',
    manifests: from('{ matchLabels: { io.kubernetes.pod.namespace: payments, tier: front } }'),
    asks: [
      'payments/till -> shop/cart 80 allowed',
      'payments/ledger -> shop/cart 80 denied',
      'shop/checkout -> shop/cart 80 denied',
    ],
  },
  {
    says: 'The source of a label may be written: k8s.',
    manifests: from("{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': payments, 'k8s:tier': front } }"),
    asks: ['payments/till -> shop/cart 80 allowed', 'shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'The source of a label may be written: any.',
    manifests: from("{ matchLabels: { 'any:tier': front } }"),
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/dual -> shop/cart 80 denied'],
  },
  {
    says: 'Labels of another source are not known.',
    manifests: from("{ matchLabels: { 'container:tier': front } }"),
    asks: ['shop/checkout -> shop/cart 80 unknown label-source'],
  },
  {
    says: 'Namespaces by expression: several.',
    manifests: from(
      '{ matchExpressions: [{ key: io.kubernetes.pod.namespace, operator: In, values: [payments, ops] }] }',
    ),
    asks: [
      'payments/till -> shop/cart 80 allowed',
      'ops/probe -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 80 denied',
    ],
  },
  {
    says: 'Any namespace: the label exists.',
    manifests: from('{ matchExpressions: [{ key: io.kubernetes.pod.namespace, operator: Exists }] }'),
    asks: [
      'payments/till -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 80 allowed',
      '203.0.113.9 -> shop/cart 80 denied',
    ],
  },
  {
    says: 'Labels of the namespace are matched with their prefix, in any namespace.',
    manifests: from('{ matchLabels: { io.cilium.k8s.namespace.labels.team: money } }'),
    asks: ['payments/till -> shop/cart 80 allowed', 'shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'A namespace that must not be: what has none is left open.',
    manifests: from(
      '{ matchExpressions: [{ key: io.kubernetes.pod.namespace, operator: NotIn, values: [payments] }] }',
    ),
    asks: [
      'ops/probe -> shop/cart 80 allowed',
      'payments/till -> shop/cart 80 denied',
      '203.0.113.9 -> shop/cart 80 unknown beyond-endpoints',
    ],
  },
  {
    says: 'The service account is a label.',
    manifests: from(
      '{ matchLabels: { io.cilium.k8s.policy.serviceaccount: ledger, io.kubernetes.pod.namespace: payments } }',
    ),
    asks: ['payments/ledger -> shop/cart 80 allowed', 'payments/till -> shop/cart 80 denied'],
  },
  {
    says: 'The name of the cluster is not known here.',
    manifests: from('{ matchLabels: { io.cilium.k8s.policy.cluster: east } }'),
    asks: ['shop/checkout -> shop/cart 80 unknown cluster-name-unknown'],
  },
  {
    says: 'NotIn and DoesNotExist are satisfied by a missing label.',
    manifests: from('{ matchExpressions: [{ key: tier, operator: DoesNotExist }] }'),
    asks: ['shop/dual -> shop/cart 80 allowed', 'shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'matchLabels and expressions are ANDed.',
    manifests: from(
      '{ matchLabels: { tier: front }, matchExpressions: [{ key: app, operator: NotIn, values: [checkout] }] }',
    ),
    asks: ['shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'Entries of a list are ORed.',
    manifests: from('{ matchLabels: { app: dual } }, { matchLabels: { app: fresh } }'),
    asks: [
      'shop/dual -> shop/cart 80 allowed',
      'shop/fresh -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 80 denied',
    ],
  },
  {
    says: 'An empty list selects nobody.',
    manifests: from(''),
    asks: ['shop/checkout -> shop/cart 80 denied', '203.0.113.9 -> shop/cart 80 denied'],
  },
  {
    says: 'reserved:world selects what is outside.',
    manifests: from("{ matchLabels: { 'reserved:world': '' } }"),
    asks: ['203.0.113.9 -> shop/cart 80 allowed', 'shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'toEndpoints selects the destination endpoint.',
    manifests: ofCheckout('{ toEndpoints: [{ matchLabels: { app: cart } }] }'),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/checkout -> shop/dual 80 denied',
      'shop/checkout -> 203.0.113.9 80 denied',
    ],
  },
  {
    says: 'Host-network Pods are no endpoints.',
    manifests: from('{ matchLabels: { app: agent } }'),
    asks: ['shop/agent -> shop/cart-next 80 denied'],
  },
  {
    says: 'A label that is no part of an identity by default.',
    manifests: together(
      from('{ matchLabels: { pod-template-hash: abc } }'),
      'apiVersion: v1\nkind: Pod\nmetadata: { name: hashed, namespace: shop, labels: { pod-template-hash: abc } }\nspec: { nodeName: node-a, containers: [] }\nstatus: { podIP: 10.1.0.99 }',
    ),
    asks: ['shop/hashed -> shop/cart 80 unknown label-not-in-identity', 'shop/dual -> shop/cart 80 denied'],
  },
]);
