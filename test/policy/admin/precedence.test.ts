import { conformance } from '../asking.js';
import { adminPolicy, baseline, together } from './tables.js';

const shop = 'subject: {namespaces: {matchLabels: {team: web}}}';
const money = '{namespaces: {matchLabels: {team: money}}}';
const all = '{namespaces: {}}';
const closedShop = '{podSelector: {}}';

conformance('AdminNetworkPolicy and BaselineAdminNetworkPolicy: which rule decides', [
  {
    says: 'Deny: denies the selected traffic.',
    manifests: adminPolicy('deny', `{priority: 10, ${shop}, ingress: [{action: Deny, from: [${money}]}]}`),
    asks: [
      'payments/till -> shop/cart 80 denied',
      'ops/probe -> shop/cart 80 allowed',
      'shop/cart -> payments/till 80 allowed',
    ],
  },
  {
    says: 'Allow: allows the selected traffic even if it would otherwise have been denied by NetworkPolicy.',
    specs: [closedShop],
    manifests: adminPolicy('allow', `{priority: 10, ${shop}, ingress: [{action: Allow, from: [${money}]}]}`),
    asks: ['payments/till -> shop/cart 80 allowed', 'ops/probe -> shop/cart 80 denied'],
  },
  {
    says: 'Pass: skips any further AdminNetworkPolicy rules and passes to NetworkPolicies.',
    specs: [closedShop],
    manifests: together(
      adminPolicy('pass', `{priority: 10, ${shop}, ingress: [{action: Pass, from: [${money}]}]}`),
      adminPolicy('allow', `{priority: 20, ${shop}, ingress: [{action: Allow, from: [${all}]}]}`),
    ),
    asks: ['payments/till -> shop/cart 80 denied', 'ops/probe -> shop/cart 80 allowed'],
  },
  {
    says: 'Passed traffic that no NetworkPolicy selects goes on to the baseline.',
    manifests: together(
      adminPolicy('pass', `{priority: 10, ${shop}, ingress: [{action: Pass, from: [${money}]}]}`),
      baseline(`{${shop}, ingress: [{action: Deny, from: [${money}]}]}`),
    ),
    asks: ['payments/till -> shop/cart 80 denied', 'ops/probe -> shop/cart 80 allowed'],
  },
  {
    says: 'Rules with lower priority values have higher precedence.',
    manifests: together(
      adminPolicy('later', `{priority: 20, ${shop}, ingress: [{action: Deny, from: [${all}]}]}`),
      adminPolicy('earlier', `{priority: 10, ${shop}, ingress: [{action: Allow, from: [${money}]}]}`),
    ),
    asks: ['payments/till -> shop/cart 80 allowed', 'ops/probe -> shop/cart 80 denied'],
  },
  {
    says: 'A rule at the top of the rules takes the highest precedence.',
    manifests: adminPolicy(
      'order',
      `{priority: 10, ${shop}, ingress: [{action: Deny, from: [${money}]}, {action: Allow, from: [${all}]}]}`,
    ),
    asks: ['payments/till -> shop/cart 80 denied', 'ops/probe -> shop/cart 80 allowed'],
  },
  {
    says: 'The first rule that matches decides, not the strictest.',
    manifests: adminPolicy(
      'order',
      `{priority: 10, ${shop}, ingress: [{action: Allow, from: [${all}]}, {action: Deny, from: [${money}]}]}`,
    ),
    asks: ['payments/till -> shop/cart 80 allowed'],
  },
  {
    says: 'Policies with no ingress rules do not affect ingress traffic: there is no isolation.',
    manifests: adminPolicy('quiet', `{priority: 10, ${shop}, egress: [{action: Deny, to: [${money}]}]}`),
    asks: [
      'ops/probe -> shop/cart 80 allowed',
      'shop/cart -> payments/till 80 denied',
      'shop/cart -> ops/probe 80 allowed',
    ],
  },
  {
    says: 'Traffic that no rule of the administrator matches is decided by NetworkPolicy.',
    specs: [closedShop],
    manifests: adminPolicy('other', `{priority: 10, ${shop}, ingress: [{action: Deny, from: [${money}]}]}`),
    asks: ['ops/probe -> shop/cart 80 denied'],
  },
  {
    says: 'The baseline is overridden by a NetworkPolicy that selects the pod, also where it allows nothing.',
    specs: [closedShop],
    manifests: baseline(`{${shop}, ingress: [{action: Allow, from: [${all}]}]}`),
    asks: ['ops/probe -> shop/cart 80 denied'],
  },
  {
    says: 'The baseline is overridden by a NetworkPolicy that allows.',
    specs: ['{podSelector: {matchLabels: {app: cart}}, ingress: [{}]}'],
    manifests: baseline(`{${shop}, ingress: [{action: Deny, from: [${all}]}]}`),
    asks: ['ops/probe -> shop/cart 80 allowed', 'ops/probe -> shop/checkout 80 denied'],
  },
  {
    says: 'A NetworkPolicy for ingress does not override the baseline for egress.',
    specs: [closedShop],
    manifests: baseline(`{${shop}, egress: [{action: Deny, to: [${money}]}]}`),
    asks: ['shop/cart -> payments/till 80 denied'],
  },
  {
    says: 'The baseline: the first rule that matches decides.',
    manifests: baseline(`{${shop}, ingress: [{action: Allow, from: [${money}]}, {action: Deny, from: [${all}]}]}`),
    asks: ['payments/till -> shop/cart 80 allowed', 'ops/probe -> shop/cart 80 denied'],
  },
  {
    says: 'Both sides are asked: egress of the source and ingress of the destination.',
    manifests: together(
      adminPolicy('in', `{priority: 1, ${shop}, ingress: [{action: Allow, from: [${all}]}]}`),
      adminPolicy(
        'out',
        `{priority: 2, subject: {namespaces: {matchLabels: {team: money}}}, egress: [{action: Deny, to: [${all}]}]}`,
      ),
    ),
    asks: ['payments/till -> shop/cart 80 denied', 'ops/probe -> shop/cart 80 allowed'],
  },
]);

conformance('AdminNetworkPolicy and BaselineAdminNetworkPolicy: equal priorities and exceptions', [
  {
    says: 'Equal priorities that disagree: which one applies is undefined.',
    manifests: together(
      adminPolicy('one', `{priority: 10, ${shop}, ingress: [{action: Allow, from: [${all}]}]}`),
      adminPolicy('two', `{priority: 10, ${shop}, ingress: [{action: Deny, from: [${money}]}]}`),
    ),
    asks: ['payments/till -> shop/cart 80 unknown equal-order', 'ops/probe -> shop/cart 80 allowed'],
  },
  {
    says: 'Equal priorities that agree are no trouble.',
    manifests: together(
      adminPolicy('one', `{priority: 10, ${shop}, ingress: [{action: Deny, from: [${all}]}]}`),
      adminPolicy('two', `{priority: 10, ${shop}, ingress: [{action: Deny, from: [${money}]}]}`),
    ),
    asks: ['payments/till -> shop/cart 80 denied', 'ops/probe -> shop/cart 80 denied'],
  },
  {
    says: 'Equal priorities of which only one selects the Pod are no trouble.',
    manifests: together(
      adminPolicy('one', `{priority: 10, ${shop}, ingress: [{action: Deny, from: [${all}]}]}`),
      adminPolicy(
        'two',
        '{priority: 10, subject: {namespaces: {matchLabels: {team: money}}}, ingress: [{action: Allow, from: [{namespaces: {}}]}]}',
      ),
    ),
    asks: ['ops/probe -> shop/cart 80 denied', 'ops/probe -> payments/till 80 allowed'],
  },
  {
    says: 'Three of equal priority: any of them may come first, so Pass may lead to NetworkPolicy.',
    specs: [closedShop],
    manifests: together(
      adminPolicy('one', `{priority: 10, ${shop}, ingress: [{action: Deny, from: [${all}]}]}`),
      adminPolicy('two', `{priority: 10, ${shop}, ingress: [{action: Pass, from: [${money}]}]}`),
      adminPolicy('three', `{priority: 10, ${shop}, ingress: [{action: Deny, from: [${money}]}]}`),
    ),
    asks: ['payments/till -> shop/cart 80 denied', 'ops/probe -> shop/cart 80 denied'],
  },
  {
    says: 'A Pod and its own node reach each other, whatever an administrator denies.',
    manifests: adminPolicy('some', `{priority: 1, ${shop}, egress: [{action: Deny, to: [{nodes: {}}]}]}`),
    asks: ['shop/cart -> node/node-b 10250 allowed own-node'],
  },
  {
    says: 'Pass in the last admin rule, allow of a NetworkPolicy: allowed.',
    specs: ['{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: money}}}]}]}'],
    manifests: together(
      adminPolicy(
        'some',
        `{priority: 1, ${shop}, ingress: [{action: Pass, from: [${money}]}, {action: Deny, from: [${all}]}]}`,
      ),
      baseline(`{${shop}, ingress: [{action: Deny, from: [${all}]}]}`),
    ),
    asks: ['payments/till -> shop/cart 80 allowed', 'ops/probe -> shop/cart 80 denied'],
  },
  {
    says: 'A policy that selects nobody changes nothing.',
    manifests: adminPolicy(
      'some',
      `{priority: 1, subject: {namespaces: {matchLabels: {team: nobody}}}, ingress: [{action: Deny, from: [${all}]}]}`,
    ),
    asks: ['ops/probe -> shop/cart 80 allowed'],
  },
]);
