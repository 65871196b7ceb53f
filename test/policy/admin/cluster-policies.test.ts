import { conformance, rejections } from '../asking.js';
import { clusterPolicy, together } from './tables.js';

const shop = 'subject: {namespaces: {matchLabels: {team: web}}}';
const money = '{namespaces: {matchLabels: {team: money}}}';
const all = '{namespaces: {}}';
const admin = (priority: number, rules: string) => `{tier: Admin, priority: ${priority}, ${shop}, ${rules}}`;
const base = (priority: number, rules: string) => `{tier: Baseline, priority: ${priority}, ${shop}, ${rules}}`;
const closedShop = '{podSelector: {}}';

conformance('ClusterNetworkPolicy', [
  {
    says: 'The Admin tier takes precedence over all other policies.',
    specs: [closedShop],
    manifests: clusterPolicy('first', admin(1000, `ingress: [{action: Accept, from: [${money}]}]`)),
    asks: ['payments/till -> shop/cart 80 allowed', 'ops/probe -> shop/cart 80 denied'],
  },
  {
    says: 'If the Admin tier has made a final decision, no further evaluation is done.',
    specs: ['{podSelector: {}, ingress: [{}]}'],
    manifests: clusterPolicy('first', admin(0, `ingress: [{action: Deny, from: [${money}]}]`)),
    asks: ['payments/till -> shop/cart 80 denied', 'ops/probe -> shop/cart 80 allowed'],
  },
  {
    says: 'v1.NetworkPolicy always makes a final decision for selected pods: the baseline is not asked.',
    specs: [closedShop],
    manifests: clusterPolicy('last', base(1, `ingress: [{action: Accept, from: [${all}]}]`)),
    asks: ['ops/probe -> shop/cart 80 denied'],
  },
  {
    says: 'Further evaluation only happens for Pods not selected by a NetworkPolicy.',
    specs: ['{podSelector: {matchLabels: {app: cart}}, ingress: [{}]}'],
    manifests: clusterPolicy('last', base(1, `ingress: [{action: Deny, from: [${all}]}]`)),
    asks: ['ops/probe -> shop/cart 80 allowed', 'ops/probe -> shop/checkout 80 denied'],
  },
  {
    says: 'If a connection was not allowed or denied by any of the tiers, all pods can communicate with each other.',
    manifests: together(
      clusterPolicy('a', admin(1, `ingress: [{action: Deny, from: [${money}]}]`)),
      clusterPolicy('b', base(1, `ingress: [{action: Deny, from: [${money}]}]`)),
    ),
    asks: ['ops/probe -> shop/cart 80 allowed'],
  },
  {
    says: 'Policies with lower priority values are checked first, in the Baseline tier too.',
    manifests: together(
      clusterPolicy('a', base(20, `ingress: [{action: Deny, from: [${all}]}]`)),
      clusterPolicy('b', base(10, `ingress: [{action: Accept, from: [${money}]}]`)),
    ),
    asks: ['payments/till -> shop/cart 80 allowed', 'ops/probe -> shop/cart 80 denied'],
  },
  {
    says: 'Admin rules have higher precedence than Baseline rules, whatever the priorities.',
    manifests: together(
      clusterPolicy('a', admin(1000, `ingress: [{action: Accept, from: [${all}]}]`)),
      clusterPolicy('b', base(0, `ingress: [{action: Deny, from: [${all}]}]`)),
    ),
    asks: ['ops/probe -> shop/cart 80 allowed'],
  },
  {
    says: 'Pass skips all further rules in the current tier and passes evaluation to the next tier.',
    manifests: together(
      clusterPolicy('a', admin(1, `ingress: [{action: Pass, from: [${money}]}, {action: Accept, from: [${all}]}]`)),
      clusterPolicy('b', base(1, `ingress: [{action: Deny, from: [${all}]}]`)),
    ),
    asks: ['payments/till -> shop/cart 80 denied', 'ops/probe -> shop/cart 80 allowed'],
  },
  {
    says: 'Pass in the Baseline tier leads to the default, which allows.',
    manifests: clusterPolicy(
      'b',
      base(1, `ingress: [{action: Pass, from: [${money}]}, {action: Deny, from: [${all}]}]`),
    ),
    asks: ['payments/till -> shop/cart 80 allowed', 'ops/probe -> shop/cart 80 denied'],
  },
  {
    says: 'Equal priorities of different tiers are no trouble.',
    manifests: together(
      clusterPolicy('a', admin(5, `ingress: [{action: Accept, from: [${all}]}]`)),
      clusterPolicy('b', base(5, `ingress: [{action: Deny, from: [${all}]}]`)),
    ),
    asks: ['ops/probe -> shop/cart 80 allowed'],
  },
  {
    says: 'Equal priorities of one tier that disagree: there is no way to determine which one is chosen.',
    manifests: together(
      clusterPolicy('a', base(5, `ingress: [{action: Accept, from: [${all}]}]`)),
      clusterPolicy('b', base(5, `ingress: [{action: Deny, from: [${all}]}]`)),
    ),
    asks: ['ops/probe -> shop/cart 80 unknown equal-order'],
  },
  {
    says: 'If protocols are unspecified, protocol-specific attributes are not used to match traffic.',
    manifests: clusterPolicy('a', admin(5, `ingress: [{action: Deny, from: [${all}]}]`)),
    asks: ['ops/probe -> shop/cart 53/udp denied', 'ops/probe -> shop/cart 53/sctp denied'],
  },
  {
    says: 'tcp without a destination port: all of TCP.',
    manifests: clusterPolicy('a', admin(5, `ingress: [{action: Deny, from: [${all}], protocols: [{tcp: {}}]}]`)),
    asks: ['ops/probe -> shop/cart 1/tcp denied', 'ops/probe -> shop/cart 1/udp allowed'],
  },
  {
    says: 'udp with the number of a destination port.',
    manifests: clusterPolicy(
      'a',
      admin(5, `ingress: [{action: Deny, from: [${all}], protocols: [{udp: {destinationPort: {number: 53}}}]}]`),
    ),
    asks: [
      'ops/probe -> shop/cart 53/udp denied',
      'ops/probe -> shop/cart 53/tcp allowed',
      'ops/probe -> shop/cart 54/udp allowed',
    ],
  },
  {
    says: 'sctp with a range: inclusive.',
    manifests: clusterPolicy(
      'a',
      admin(
        5,
        `ingress: [{action: Deny, from: [${all}], protocols: [{sctp: {destinationPort: {range: {start: 5, end: 9}}}}]}]`,
      ),
    ),
    asks: [
      'ops/probe -> shop/cart 5/sctp denied',
      'ops/probe -> shop/cart 9/sctp denied',
      'ops/probe -> shop/cart 10/sctp allowed',
    ],
  },
  {
    says: 'destinationNamedPort selects a destination port on a pod by the name of its container port.',
    manifests: clusterPolicy(
      'a',
      admin(5, `ingress: [{action: Deny, from: [${all}], protocols: [{destinationNamedPort: http}]}]`),
    ),
    asks: [
      'ops/probe -> shop/cart 8080 denied',
      'ops/probe -> shop/cart-next 9090 denied',
      'ops/probe -> shop/cart-next 8080 allowed',
    ],
  },
  {
    says: 'Several protocols are ORed.',
    manifests: clusterPolicy(
      'a',
      admin(
        5,
        `ingress: [{action: Deny, from: [${all}], protocols: [{tcp: {destinationPort: {number: 80}}}, {udp: {}}]}]`,
      ),
    ),
    asks: [
      'ops/probe -> shop/cart 80/tcp denied',
      'ops/probe -> shop/cart 9/udp denied',
      'ops/probe -> shop/cart 81/tcp allowed',
    ],
  },
  {
    says: 'Networks: cluster-internal traffic is checked against the rule as well.',
    manifests: clusterPolicy('a', admin(5, 'egress: [{action: Deny, to: [{networks: [10.1.1.0/24]}]}]')),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/checkout -> shop/cart-next 80 allowed'],
  },
  {
    says: 'A Pod without an address may be in a network or not.',
    manifests: clusterPolicy('a', admin(5, 'egress: [{action: Deny, to: [{networks: [10.1.1.0/24]}]}]')),
    asks: ['shop/checkout -> shop/fresh 80 unknown address-unknown'],
  },
  {
    says: 'If no fields of a peer are set, an Accept rule matches no traffic.',
    specs: [closedShop],
    manifests: clusterPolicy(
      'a',
      admin(5, `ingress: [{action: Accept, from: [{}]}, {action: Accept, from: [${money}, {serviceAccounts: {}}]}]`),
    ),
    asks: ['ops/probe -> shop/cart 80 denied', 'payments/till -> shop/cart 80 denied'],
  },
  {
    says: 'If no fields of a peer are set, a Deny rule denies all.',
    manifests: clusterPolicy('a', admin(5, 'ingress: [{action: Deny, from: [{serviceAccounts: {}}]}]')),
    asks: ['ops/probe -> shop/cart 80 denied', '203.0.113.9 -> shop/cart 80 denied'],
  },
  {
    says: 'If no fields of a peer are set, a Pass rule denies all.',
    manifests: clusterPolicy('a', admin(5, 'ingress: [{action: Pass, from: [{serviceAccounts: {}}]}]')),
    asks: ['ops/probe -> shop/cart 80 denied'],
  },
]);

const rule = (body: string) => clusterPolicy('wrong', admin(1, `ingress: [${body}]`));

rejections('ClusterNetworkPolicy: what the API server refuses', [
  {
    says: 'A tier is required.',
    manifests: clusterPolicy('wrong', `{priority: 1, ${shop}}`),
    problem: ['spec.tier', 'required'],
  },
  {
    says: 'Tiers are Admin and Baseline.',
    manifests: clusterPolicy('wrong', `{tier: admin, priority: 1, ${shop}}`),
    problem: ['spec.tier', 'not one of'],
  },
  {
    says: 'priority is between 0 and 1000.',
    manifests: clusterPolicy('wrong', `{tier: Admin, priority: 2000, ${shop}}`),
    problem: ['spec.priority', 'between'],
  },
  {
    says: 'The word is Accept, no longer Allow.',
    manifests: rule(`{action: Allow, from: [${all}]}`),
    problem: ['spec.ingress[0].action', 'not one of'],
  },
  {
    says: 'One protocol per entry.',
    manifests: rule(`{action: Deny, from: [${all}], protocols: [{tcp: {}, udp: {}}]}`),
    problem: ['spec.ingress[0].protocols[0]', 'one of'],
  },
  {
    says: 'number or range, not both.',
    manifests: rule(
      `{action: Deny, from: [${all}], protocols: [{tcp: {destinationPort: {number: 1, range: {start: 1, end: 2}}}}]}`,
    ),
    problem: ['spec.ingress[0].protocols[0].tcp.destinationPort', 'either'],
  },
  {
    says: 'Start must be less than end.',
    manifests: rule(
      `{action: Deny, from: [${all}], protocols: [{tcp: {destinationPort: {range: {start: 2, end: 2}}}}]}`,
    ),
    problem: ['spec.ingress[0].protocols[0].tcp.destinationPort.range.end', 'not above'],
  },
]);
