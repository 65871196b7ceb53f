import { conformance } from '../asking.js';

const closed = '{podSelector: {}, policyTypes: [Ingress, Egress]}';

conformance('NetworkPolicy: nodes, host network, states of Pods', [
  {
    says: 'Traffic from the node where a Pod is running is always allowed, regardless of the address of the node.',
    specs: [closed],
    asks: [
      'node/node-b -> shop/cart 8080 allowed own-node',
      'node/node-a -> shop/cart 8080 denied',
      '192.168.0.12 -> shop/cart 8080 allowed own-node',
      '192.168.0.11 -> shop/cart 8080 denied',
    ],
  },
  {
    says: 'Traffic to the node where a Pod is running is always allowed.',
    specs: [closed],
    asks: ['shop/cart -> node/node-b 10250 allowed own-node', 'shop/cart -> node/node-a 10250 denied'],
  },
  {
    says: 'A Pod in the network of the same node is the node.',
    specs: [closed],
    asks: ['shop/agent -> shop/cart 8080 allowed own-node', 'shop/agent -> shop/checkout 8080 denied'],
  },
  {
    says: 'Where the node of a Pod is not known, a denial for a node has no answer.',
    specs: [closed],
    asks: [
      'node/node-a -> shop/fresh 80 unknown node-unknown',
      'node/node-a -> shop/catalog 80 unknown node-unknown',
      'control-plane -> shop/cart 80 unknown node-unknown',
    ],
  },
  {
    says: 'What is allowed anyhow needs no node.',
    specs: ['{podSelector: {}, ingress: [{}]}'],
    asks: ['node/node-a -> shop/fresh 80 allowed', 'control-plane -> shop/cart 80 allowed'],
  },
  {
    says: 'Host-network pods: the most common is that they are ignored when matching podSelector, as a subject.',
    specs: ['{podSelector: {matchLabels: {app: agent}}, policyTypes: [Ingress, Egress]}'],
    asks: [
      'shop/checkout -> shop/agent 80 allowed host-network',
      'shop/agent -> shop/checkout 80 allowed host-network',
    ],
  },
  {
    says: 'Host-network pods are ignored when matching podSelector and namespaceSelector, as a peer.',
    specs: [
      '{podSelector: {matchLabels: {app: checkout}}, ingress: [{from: [{podSelector: {matchLabels: {tier: front}}}, {namespaceSelector: {}}]}]}',
    ],
    asks: ['shop/agent -> shop/checkout 80 denied', 'payments/till -> shop/checkout 80 allowed'],
  },
  {
    says: 'Traffic to and from hostNetwork pods is treated like other traffic of the node IP: an ipBlock matches it.',
    specs: ['{podSelector: {matchLabels: {app: checkout}}, ingress: [{from: [{ipBlock: {cidr: 192.168.0.12/32}}]}]}'],
    asks: ['shop/agent -> shop/checkout 80 allowed', 'node/node-b -> shop/checkout 80 allowed'],
  },
  {
    says: 'A name of a port is looked up in Pods with a network of their own.',
    specs: ['{podSelector: {matchLabels: {app: checkout}}, policyTypes: [Egress], egress: [{ports: [{port: http}]}]}'],
    asks: ['shop/checkout -> shop/agent 8080 denied', 'shop/checkout -> shop/cart 8080 allowed'],
  },
  {
    says: 'A Pod that has ended has no network.',
    asks: ['shop/done -> shop/cart 80 unknown finished', 'shop/cart -> shop/done 80 unknown finished'],
  },
  {
    says: 'The address of a Pod that has ended belongs to nobody any more.',
    specs: ['{podSelector: {matchLabels: {app: done}}}'],
    asks: ['shop/checkout -> 10.1.0.17 80 allowed'],
  },
  {
    says: 'A Pod that is being deleted keeps its policies until its address is released.',
    specs: ['{podSelector: {matchLabels: {app: leaving}}}'],
    asks: ['shop/checkout -> shop/leaving 80 denied'],
  },
  {
    says: 'A Pod without an address is judged by its labels.',
    specs: [
      '{podSelector: {matchLabels: {app: fresh}}}',
      '{podSelector: {matchLabels: {app: cart}}, ingress: [{from: [{podSelector: {matchLabels: {app: fresh}}}]}]}',
    ],
    asks: ['shop/checkout -> shop/fresh 80 denied', 'shop/fresh -> shop/cart 80 allowed'],
  },
]);

conformance('NetworkPolicy: Services', [
  {
    says: 'A port in a rule is that of the Pod, not of the Service.',
    specs: ['{podSelector: {matchLabels: {app: cart}}, ingress: [{ports: [{port: 80}]}]}'],
    asks: ['shop/checkout -> svc/shop/cart:80 - denied', 'shop/checkout -> svc/shop/cart 80 denied'],
  },
  {
    says: 'A named target port is resolved in each Pod behind the Service.',
    specs: ['{podSelector: {matchLabels: {app: cart}}, ingress: [{ports: [{port: http}]}]}'],
    asks: ['shop/checkout -> svc/shop/cart:80 - allowed', 'shop/checkout -> svc/shop/cart:web - allowed'],
  },
  {
    says: 'Where the Pods behind a Service differ, there is no single answer.',
    specs: ['{podSelector: {matchLabels: {app: cart}}, ingress: [{ports: [{port: 8080}]}]}'],
    asks: ['shop/checkout -> svc/shop/cart:80 - unknown differs'],
  },
  {
    says: 'The protocol chooses the port of the Service.',
    specs: ['{podSelector: {matchLabels: {app: cart}}, ingress: [{ports: [{port: 5353, protocol: UDP}]}]}'],
    asks: ['shop/checkout -> svc/shop/cart 53/udp allowed', 'shop/checkout -> svc/shop/cart 80/tcp denied'],
  },
  {
    says: 'The address of a Service is rewritten before policies see it.',
    specs: [
      '{podSelector: {matchLabels: {app: checkout}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 10.96.0.0/12}}]}]}',
    ],
    asks: [
      'shop/checkout -> 10.96.0.10 80 denied',
      'shop/checkout -> svc/shop/cart 80 denied',
      'shop/checkout -> 10.96.9.9 80 allowed',
    ],
  },
  {
    says: 'A headless Service leads to its Pods.',
    specs: ['payments: {podSelector: {}, ingress: [{ports: [{port: sql}]}]}'],
    asks: ['shop/checkout -> svc/payments/ledger 5432 allowed', 'shop/checkout -> svc/payments/ledger - allowed'],
  },
  {
    says: 'A Service without a selector leads to what its slices list.',
    specs: [
      '{podSelector: {matchLabels: {app: checkout}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 203.0.113.0/24}}], ports: [{port: 8443}]}]}',
    ],
    asks: ['shop/checkout -> svc/shop/partner 443 allowed', 'shop/dual -> svc/shop/partner:web - allowed'],
  },
  {
    says: 'An ExternalName is outside, and nobody knows where.',
    asks: ['shop/checkout -> svc/shop/abroad 443 unknown external-name'],
  },
  {
    says: 'A NodePort hides the source: the policy sees a node, and its own node always gets through.',
    specs: [
      'payments: {podSelector: {matchLabels: {app: till}}, ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24}}]}]}',
    ],
    asks: [
      '203.0.113.9 -> node/node-b:30080 - unknown source-rewritten differs',
      '203.0.113.9 -> svc/payments/door 80 unknown source-rewritten',
    ],
  },
  {
    says: 'A NodePort is allowed where the nodes are.',
    specs: [
      'payments: {podSelector: {matchLabels: {app: till}}, ingress: [{from: [{ipBlock: {cidr: 192.168.0.0/24}}]}]}',
    ],
    asks: ['203.0.113.9 -> node/node-b:30080 - allowed source-rewritten'],
  },
  {
    says: 'externalTrafficPolicy Local preserves the client source address.',
    specs: [
      'payments: {podSelector: {matchLabels: {app: till}}, ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24}}]}]}',
    ],
    asks: ['203.0.113.9 -> svc/payments/front-door 443 allowed', '198.51.100.9 -> svc/payments/front-door 443 denied'],
  },
  {
    says: 'An Ingress is served by its controller.',
    asks: ['outside -> ing/shop/front 80 unknown ingress-not-judged'],
  },
]);
