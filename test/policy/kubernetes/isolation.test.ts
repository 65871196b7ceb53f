import { conformance } from '../asking.js';

conformance('NetworkPolicy: isolation', [
  {
    says: 'By default, a pod is non-isolated for ingress and egress; all connections are allowed.',
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'payments/till -> 203.0.113.9 443 allowed',
      '203.0.113.9 -> shop/cart 80 allowed',
    ],
  },
  {
    says: 'A pod is isolated for ingress if any policy selects it and has Ingress in its policyTypes.',
    specs: ['{podSelector: {matchLabels: {app: cart}}, policyTypes: [Ingress]}'],
    asks: [
      'shop/checkout -> shop/cart 80 denied',
      'shop/cart -> shop/checkout 80 allowed',
      'shop/cart -> 203.0.113.9 80 allowed',
    ],
  },
  {
    says: 'A pod is isolated for egress if any policy selects it and has Egress in its policyTypes.',
    specs: ['{podSelector: {matchLabels: {app: cart}}, policyTypes: [Egress]}'],
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/cart -> shop/checkout 80 denied',
      'shop/cart -> 203.0.113.9 80 denied',
    ],
  },
  {
    says: 'The effects of those ingress lists combine additively.',
    specs: [
      '{podSelector: {matchLabels: {app: cart}}, ingress: [{from: [{podSelector: {matchLabels: {app: checkout}}}]}]}',
      '{podSelector: {matchLabels: {app: cart}}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: money}}}]}]}',
    ],
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'payments/till -> shop/cart 80 allowed',
      'ops/probe -> shop/cart 80 denied',
    ],
  },
  {
    says: 'Network policies do not conflict; they are additive: a policy that denies all takes nothing from another.',
    specs: ['{podSelector: {}}', '{podSelector: {matchLabels: {app: cart}}, ingress: [{}]}'],
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/checkout -> shop/dual 80 denied'],
  },
  {
    says: 'Both the egress policy on the source pod and the ingress policy on the destination pod need to allow it.',
    specs: [
      '{podSelector: {matchLabels: {app: checkout}}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: cart}}}]}]}',
      'payments: {podSelector: {matchLabels: {app: ledger}}, ingress: [{from: [{namespaceSelector: {}}]}]}',
    ],
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/checkout -> payments/ledger 80 denied',
      'shop/cart -> payments/ledger 80 allowed',
    ],
  },
  {
    says: 'If either side does not allow the connection, it will not happen.',
    specs: [
      '{podSelector: {matchLabels: {app: checkout}}, policyTypes: [Egress], egress: [{}]}',
      '{podSelector: {matchLabels: {app: cart}}}',
    ],
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/checkout -> payments/ledger 80 allowed'],
  },
  {
    says: 'An empty podSelector selects all pods in the namespace, and none elsewhere.',
    specs: ['{podSelector: {}}'],
    asks: [
      'payments/till -> shop/cart 80 denied',
      'payments/till -> shop/checkout 80 denied',
      'shop/cart -> payments/ledger 80 allowed',
    ],
  },
  {
    says: 'A policy whose podSelector selects nothing isolates nobody.',
    specs: ['{podSelector: {matchLabels: {app: nobody}}}'],
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'If no policyTypes are specified then by default Ingress will always be set.',
    specs: ['{podSelector: {matchLabels: {app: cart}}}'],
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/cart -> shop/checkout 80 allowed'],
  },
  {
    says: 'If no policyTypes are specified, Egress will be set if the policy has any egress rules, and Ingress too.',
    specs: [
      '{podSelector: {matchLabels: {app: cart}}, egress: [{to: [{podSelector: {matchLabels: {app: checkout}}}]}]}',
    ],
    asks: [
      'shop/checkout -> shop/cart 80 denied',
      'shop/cart -> shop/checkout 80 allowed',
      'shop/cart -> shop/dual 80 denied',
    ],
  },
  {
    says: 'An empty list of egress rules is no egress rule: it does not isolate for egress by default.',
    specs: ['{podSelector: {matchLabels: {app: cart}}, egress: []}'],
    asks: ['shop/cart -> shop/checkout 80 allowed', 'shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'policyTypes [] is the same as none.',
    specs: ['{podSelector: {matchLabels: {app: cart}}, policyTypes: [], ingress: [{}]}'],
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/cart -> shop/checkout 80 allowed'],
  },
  {
    says: 'A policy that contains an egress section but is only of type Ingress does not touch egress.',
    specs: [
      '{podSelector: {matchLabels: {app: cart}}, policyTypes: [Ingress], egress: [{to: [{podSelector: {matchLabels: {app: nobody}}}]}]}',
    ],
    asks: ['shop/cart -> shop/checkout 80 allowed', 'shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'A policy of type Egress does not touch ingress, whatever ingress rules it has.',
    specs: [
      '{podSelector: {matchLabels: {app: cart}}, policyTypes: [Egress], ingress: [{from: [{podSelector: {matchLabels: {app: nobody}}}]}], egress: [{}]}',
    ],
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/cart -> shop/checkout 80 allowed'],
  },
  {
    says: 'If ingress is empty then this NetworkPolicy does not allow any traffic: an empty list.',
    specs: ['{podSelector: {matchLabels: {app: cart}}, policyTypes: [Ingress], ingress: []}'],
    asks: ['shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'If ingress is empty then this NetworkPolicy does not allow any traffic: null.',
    specs: ['{podSelector: {matchLabels: {app: cart}}, policyTypes: [Ingress], ingress: null}'],
    asks: ['shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'Default deny all ingress and all egress traffic, by an empty selector and both types.',
    specs: ['{podSelector: {}, policyTypes: [Ingress, Egress]}'],
    asks: [
      'shop/checkout -> shop/cart 80 denied',
      'shop/checkout -> payments/till 80 denied',
      'payments/till -> shop/cart 80 denied',
      'payments/till -> payments/ledger 80 allowed',
    ],
  },
  {
    says: 'Default allow all ingress: a rule with nothing in it, even if policies are added that isolate.',
    specs: ['{podSelector: {}, ingress: [{}], policyTypes: [Ingress]}', '{podSelector: {}}'],
    asks: ['payments/till -> shop/cart 80 allowed', '203.0.113.9 -> shop/cart 80 allowed'],
  },
  {
    says: 'Default allow all egress, even if policies are added that isolate.',
    specs: ['{podSelector: {}, egress: [{}], policyTypes: [Egress]}', '{podSelector: {}, policyTypes: [Egress]}'],
    asks: ['shop/cart -> payments/ledger 80 allowed', 'shop/cart -> 203.0.113.9 80 allowed'],
  },
  {
    says: 'Reply traffic is implicitly allowed: a client isolated for ingress may still open connections.',
    specs: ['{podSelector: {matchLabels: {app: checkout}}}'],
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'A pod cannot block access to itself.',
    specs: ['{podSelector: {}, policyTypes: [Ingress, Egress]}'],
    asks: ['shop/cart -> shop/cart 80 allowed self'],
  },
  {
    says: 'Order of evaluation does not affect the policy result: the names of policies do not matter.',
    specs: [
      '{podSelector: {matchLabels: {app: cart}}, ingress: [{}]}',
      '{podSelector: {matchLabels: {app: cart}}}',
      '{podSelector: {}}',
    ],
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'The policies of a namespace are those of its own pods: another namespace is not isolated by them.',
    specs: ['payments: {podSelector: {}, policyTypes: [Ingress, Egress]}'],
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/checkout -> payments/till 80 denied',
      'payments/till -> shop/cart 80 denied',
    ],
  },
]);
