import { conformance } from '../asking.js';
import { cidrGroup, clusterwide, ofCheckout, on, policy, toCart, together } from './tables.js';

const from = (selector: string) => toCart(`{ fromEndpoints: [${selector}] }`);
const fromEntity = (word: string) => toCart(`{ fromEntities: [${word}] }`);

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

conformance('Cilium: entities', [
  {
    says: 'world corresponds to all endpoints outside of the cluster.',
    manifests: fromEntity('world'),
    asks: [
      '203.0.113.9 -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 80 denied',
      'node/node-a -> shop/cart 80 denied',
    ],
  },
  {
    says: 'world-ipv4 is the part of it with IPv4 addresses.',
    manifests: policy('a', on('dual', 'ingress: [{ fromEntities: [world-ipv4] }]')),
    asks: ['203.0.113.9 -> shop/dual 80 allowed', '2001:db8::1 -> shop/dual 80 denied'],
  },
  {
    says: 'world-ipv6 is the part of it with IPv6 addresses.',
    manifests: policy('a', on('dual', 'ingress: [{ fromEntities: [world-ipv6] }]')),
    asks: ['203.0.113.9 -> shop/dual 80 denied', '2001:db8::1 -> shop/dual 80 allowed'],
  },
  {
    says: 'cluster is all endpoints of the cluster, of any namespace, and its nodes.',
    manifests: fromEntity('cluster'),
    asks: [
      'payments/till -> shop/cart 80 allowed',
      'node/node-a -> shop/cart 80 allowed',
      '203.0.113.9 -> shop/cart 80 denied',
    ],
  },
  {
    says: 'remote-node is any node other than the local host, its host-network containers included.',
    manifests: fromEntity('remote-node'),
    asks: [
      'node/node-a -> shop/cart 80 allowed',
      'shop/agent -> shop/cart-next 80 allowed',
      'payments/till -> shop/cart 80 denied',
    ],
  },
  {
    says: 'host is the local host, not another node.',
    manifests: fromEntity('host'),
    asks: ['node/node-a -> shop/cart 80 denied', 'node/node-b -> shop/cart 80 allowed own-node'],
  },
  {
    says: 'all whitelists all communication.',
    manifests: fromEntity('all'),
    asks: [
      '203.0.113.9 -> shop/cart 80 allowed',
      'payments/till -> shop/cart 80 allowed',
      'node/node-a -> shop/cart 80 allowed',
    ],
  },
  {
    says: 'kube-apiserver may be inside and outside of the cluster; a Pod it is not.',
    manifests: ofCheckout('{ toEntities: [kube-apiserver] }'),
    asks: ['shop/checkout -> 203.0.113.9 443 unknown api-server-unknown', 'shop/checkout -> shop/cart 443 denied'],
  },
  {
    says: 'kube-apiserver is what the Service of the API server leads to.',
    manifests: together(
      ofCheckout('{ toEntities: [kube-apiserver] }'),
      `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: kubernetes, namespace: default, labels: { kubernetes.io/service-name: kubernetes } }
endpoints: [{ addresses: [203.0.113.50] }]
ports: [{ name: https, port: 6443 }]`,
    ),
    asks: ['shop/checkout -> 203.0.113.50 6443 allowed', 'shop/checkout -> 203.0.113.9 6443 denied'],
  },
  ...['init', 'health', 'ingress', 'unmanaged', 'none'].map((word) => ({
    says: `${word} is no Pod that is managed, and no address outside.`,
    manifests: fromEntity(word),
    asks: ['shop/checkout -> shop/cart 80 denied', '203.0.113.9 -> shop/cart 80 denied'],
  })),
]);

conformance('Cilium: addresses, Services, names', [
  {
    says: 'fromCIDR: source prefixes that are allowed.',
    manifests: toCart('{ fromCIDR: [203.0.113.0/24] }'),
    asks: ['203.0.113.9 -> shop/cart 80 allowed', '198.51.100.1 -> shop/cart 80 denied'],
  },
  {
    says: 'A CIDR may be a single address.',
    manifests: toCart('{ fromCIDR: [203.0.113.9] }'),
    asks: ['203.0.113.9 -> shop/cart 80 allowed', '203.0.113.10 -> shop/cart 80 denied'],
  },
  {
    says: 'CIDR rules do not apply to traffic where both sides are managed by Cilium.',
    manifests: toCart('{ fromCIDR: [0.0.0.0/0] }'),
    asks: ['203.0.113.9 -> shop/cart 80 allowed', 'shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'By default, CIDR-based selectors do not match nodes.',
    manifests: toCart('{ fromCIDR: [192.168.0.0/16] }'),
    asks: ['node/node-a -> shop/cart 80 denied'],
  },
  {
    says: 'CIDR rules that deny do not match Pods either.',
    manifests: policy('a', on('cart', 'ingress: [{ fromEntities: [all] }], ingressDeny: [{ fromCIDR: [0.0.0.0/0] }]')),
    asks: ['shop/checkout -> shop/cart 80 allowed', '203.0.113.9 -> shop/cart 80 denied'],
  },
  {
    says: 'toCIDRSet: except removes a part of its CIDR.',
    manifests: ofCheckout('{ toCIDRSet: [{ cidr: 203.0.113.0/24, except: [203.0.113.128/25] }] }'),
    asks: ['shop/checkout -> 203.0.113.9 80 allowed', 'shop/checkout -> 203.0.113.200 80 denied'],
  },
  {
    says: 'Exceptions are only applied to their own CIDR.',
    manifests: ofCheckout(
      '{ toCIDRSet: [{ cidr: 203.0.113.0/24, except: [203.0.113.128/25] }, { cidr: 203.0.113.200/32 }] }',
    ),
    asks: ['shop/checkout -> 203.0.113.200 80 allowed', 'shop/checkout -> 203.0.113.201 80 denied'],
  },
  {
    says: 'toCIDRSet may reference a CiliumCIDRGroup.',
    manifests: together(
      ofCheckout('{ toCIDRSet: [{ cidrGroupRef: partners }] }'),
      cidrGroup('partners', '[203.0.113.0/24]'),
    ),
    asks: ['shop/checkout -> 203.0.113.9 80 allowed', 'shop/checkout -> 198.51.100.1 80 denied'],
  },
  {
    says: 'A group with exceptions.',
    manifests: together(
      ofCheckout('{ toCIDRSet: [{ cidrGroupRef: partners, except: [203.0.113.9/32] }] }'),
      cidrGroup('partners', '[203.0.113.0/24]'),
    ),
    asks: ['shop/checkout -> 203.0.113.9 80 denied', 'shop/checkout -> 203.0.113.10 80 allowed'],
  },
  {
    says: 'Groups by their labels.',
    manifests: together(
      ofCheckout('{ toCIDRSet: [{ cidrGroupSelector: { matchLabels: { role: partner } } }] }'),
      cidrGroup('partners', '[203.0.113.0/24]', '{ role: partner }'),
      cidrGroup('others', '[198.51.100.0/24]'),
    ),
    asks: ['shop/checkout -> 203.0.113.9 80 allowed', 'shop/checkout -> 198.51.100.1 80 denied'],
  },
  {
    says: 'A group that nobody has written down may hold any address.',
    manifests: ofCheckout('{ toCIDRSet: [{ cidrGroupRef: gone }] }'),
    asks: ['shop/checkout -> 203.0.113.9 80 unknown cidr-group-unknown', 'shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'toServices: the selector of the Service selects the endpoints.',
    manifests: ofCheckout('{ toServices: [{ k8sService: { serviceName: cart, namespace: shop } }] }'),
    asks: [
      'shop/checkout -> shop/cart 8080 allowed',
      'shop/checkout -> shop/cart 81 allowed',
      'shop/checkout -> shop/dual 80 denied',
    ],
  },
  {
    says: 'Services without selectors are converted to CIDR selectors.',
    manifests: ofCheckout('{ toServices: [{ k8sService: { serviceName: partner, namespace: shop } }] }'),
    asks: ['shop/checkout -> 203.0.113.7 8443 allowed', 'shop/checkout -> 203.0.113.8 8443 denied'],
  },
  {
    says: 'Services by their labels.',
    manifests: together(
      ofCheckout(
        '{ toServices: [{ k8sServiceSelector: { selector: { matchLabels: { role: bank } }, namespace: payments } }] }',
      ),
      'apiVersion: v1\nkind: Service\nmetadata: { name: bank, namespace: payments, labels: { role: bank } }\nspec: { selector: { app: ledger }, ports: [{ port: 80 }] }',
    ),
    asks: ['shop/checkout -> payments/ledger 80 allowed', 'shop/checkout -> payments/till 80 denied'],
  },
  {
    says: 'A Service that nobody has written down may have any endpoint.',
    manifests: ofCheckout('{ toServices: [{ k8sService: { serviceName: gone, namespace: shop } }] }'),
    asks: ['shop/checkout -> shop/cart 80 unknown service-unknown'],
  },
  {
    says: 'toFQDNs: addresses of names are learned from DNS; Pods they are not.',
    manifests: ofCheckout("{ toFQDNs: [{ matchName: www.example.com }, { matchPattern: '*.example.org' }] }"),
    asks: ['shop/checkout -> 203.0.113.9 443 unknown domain-name', 'shop/checkout -> shop/cart 443 denied'],
  },
  {
    says: 'toFQDNs goes with ports: on another port nothing is allowed.',
    manifests: ofCheckout(
      "{ toFQDNs: [{ matchName: www.example.com }], toPorts: [{ ports: [{ port: '443', protocol: TCP }] }] }",
    ),
    asks: ['shop/checkout -> 203.0.113.9 443 unknown domain-name', 'shop/checkout -> 203.0.113.9 80 denied'],
  },
  {
    says: 'toNodes takes effect only when it is switched on.',
    manifests: ofCheckout('{ toNodes: [{ matchLabels: { zone: west } }] }'),
    asks: ['shop/checkout -> node/node-b 80 unknown node-labels', 'shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'toGroups: what a cloud calls a group is not known.',
    manifests: ofCheckout('{ toGroups: [{ aws: { securityGroupsNames: [a] } }] }'),
    asks: ['shop/checkout -> 203.0.113.9 80 unknown cloud-group', 'shop/checkout -> shop/cart 80 denied'],
  },
]);
