import { conformance } from '../asking.js';
import { globalPolicy, onCart, policy, tier, together } from './tables.js';

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
]);
