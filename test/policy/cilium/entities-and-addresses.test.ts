import { conformance } from '../asking.js';
import { cidrGroup, ofCheckout, on, policy, toCart, together } from './tables.js';

const _from = (selector: string) => toCart(`{ fromEndpoints: [${selector}] }`);
const fromEntity = (word: string) => toCart(`{ fromEntities: [${word}] }`);

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
