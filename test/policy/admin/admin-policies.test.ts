import { conformance, rejections } from '../asking.js';
import { adminPolicy, baseline, together } from './tables.js';

const shop = 'subject: {namespaces: {matchLabels: {team: web}}}';
const money = '{namespaces: {matchLabels: {team: money}}}';
const all = '{namespaces: {}}';
const closedShop = '{podSelector: {}}';

conformance('AdminNetworkPolicy and BaselineAdminNetworkPolicy', [
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
  {
    says: 'subject.pods selects by namespace AND pod.',
    manifests: adminPolicy(
      'some',
      '{priority: 1, subject: {pods: {namespaceSelector: {matchLabels: {team: web}}, podSelector: {matchLabels: {app: cart}}}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]}',
    ),
    asks: ['ops/probe -> shop/cart 80 denied', 'ops/probe -> shop/checkout 80 allowed'],
  },
  {
    says: 'A peer of pods selects by namespace AND pod.',
    manifests: adminPolicy(
      'some',
      `{priority: 1, ${shop}, ingress: [{action: Deny, from: [{pods: {namespaceSelector: {matchLabels: {team: money}}, podSelector: {matchLabels: {tier: front}}}}]}]}`,
    ),
    asks: [
      'payments/till -> shop/cart 80 denied',
      'payments/ledger -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 80 allowed',
    ],
  },
  {
    says: 'Any element of from that matches is enough.',
    manifests: adminPolicy(
      'some',
      `{priority: 1, ${shop}, ingress: [{action: Deny, from: [${money}, {namespaces: {matchLabels: {kubernetes.io/metadata.name: ops}}}]}]}`,
    ),
    asks: [
      'payments/till -> shop/cart 80 denied',
      'ops/probe -> shop/cart 80 denied',
      'shop/checkout -> shop/cart 80 allowed',
    ],
  },
  {
    says: 'Host-network pods are in no subject.',
    manifests: adminPolicy(
      'some',
      `{priority: 1, ${shop}, ingress: [{action: Deny, from: [${all}]}], egress: [{action: Deny, to: [${all}]}]}`,
    ),
    asks: [
      'ops/probe -> shop/agent 80 allowed',
      'shop/agent -> ops/probe 80 allowed',
      'ops/probe -> shop/cart 80 denied',
    ],
  },
  {
    says: 'Host-network pods are in no peer.',
    manifests: adminPolicy(
      'some',
      `{priority: 1, subject: {namespaces: {matchLabels: {team: money}}}, ingress: [{action: Deny, from: [{namespaces: {matchLabels: {team: web}}}]}]}`,
    ),
    asks: ['shop/agent -> payments/till 80 allowed', 'shop/cart -> payments/till 80 denied'],
  },
  {
    says: 'Addresses outside are in no selector.',
    manifests: adminPolicy('some', `{priority: 1, ${shop}, ingress: [{action: Deny, from: [${all}]}]}`),
    asks: ['203.0.113.9 -> shop/cart 80 allowed', 'ops/probe -> shop/cart 80 denied'],
  },
  {
    says: 'If ports is not set the rule does not filter traffic by port.',
    manifests: adminPolicy('some', `{priority: 1, ${shop}, ingress: [{action: Deny, from: [${all}]}]}`),
    asks: ['ops/probe -> shop/cart 1/udp denied', 'ops/probe -> shop/cart 9/sctp denied'],
  },
  {
    says: 'portNumber: the protocol defaults to TCP.',
    manifests: adminPolicy(
      'some',
      `{priority: 1, ${shop}, ingress: [{action: Deny, from: [${all}], ports: [{portNumber: {port: 53}}]}]}`,
    ),
    asks: [
      'ops/probe -> shop/cart 53/tcp denied',
      'ops/probe -> shop/cart 53/udp allowed',
      'ops/probe -> shop/cart 54/tcp allowed',
    ],
  },
  {
    says: 'portNumber with a protocol.',
    manifests: adminPolicy(
      'some',
      `{priority: 1, ${shop}, ingress: [{action: Deny, from: [${all}], ports: [{portNumber: {protocol: UDP, port: 53}}]}]}`,
    ),
    asks: ['ops/probe -> shop/cart 53/udp denied', 'ops/probe -> shop/cart 53/tcp allowed'],
  },
  {
    says: 'portRange: from start to end, inclusive.',
    manifests: adminPolicy(
      'some',
      `{priority: 1, ${shop}, ingress: [{action: Deny, from: [${all}], ports: [{portRange: {start: 80, end: 90}}]}]}`,
    ),
    asks: [
      'ops/probe -> shop/cart 79 allowed',
      'ops/probe -> shop/cart 80 denied',
      'ops/probe -> shop/cart 90 denied',
      'ops/probe -> shop/cart 91 allowed',
    ],
  },
  {
    says: 'namedPort takes the protocol of the container.',
    manifests: adminPolicy(
      'some',
      `{priority: 1, ${shop}, ingress: [{action: Deny, from: [${all}], ports: [{namedPort: dns}]}]}`,
    ),
    asks: [
      'ops/probe -> shop/cart 5353/udp denied',
      'ops/probe -> shop/cart 5353/tcp allowed',
      'ops/probe -> shop/cart-next 5353/udp allowed',
    ],
  },
  {
    says: 'Several ports are ORed.',
    manifests: adminPolicy(
      'some',
      `{priority: 1, ${shop}, ingress: [{action: Deny, from: [${all}], ports: [{portNumber: {port: 80}}, {namedPort: http}]}]}`,
    ),
    asks: [
      'ops/probe -> shop/cart 80 denied',
      'ops/probe -> shop/cart 8080 denied',
      'ops/probe -> shop/cart 9090 allowed',
      'ops/probe -> shop/cart-next 9090 denied',
    ],
  },
  {
    says: 'networks select destinations by CIDR.',
    manifests: adminPolicy(
      'some',
      `{priority: 1, ${shop}, egress: [{action: Deny, to: [{networks: [203.0.113.0/24, "2001:db8::/32"]}]}]}`,
    ),
    asks: [
      'shop/cart -> 203.0.113.9 443 denied',
      'shop/cart -> 203.0.114.9 443 allowed',
      'shop/dual -> 2001:db8::1 443 denied',
    ],
  },
  {
    says: 'If you deny 0.0.0.0/0, that will deny all pod-to-pod traffic as well.',
    manifests: adminPolicy('some', `{priority: 1, ${shop}, egress: [{action: Deny, to: [{networks: [0.0.0.0/0]}]}]}`),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/checkout -> 203.0.113.9 80 denied'],
  },
  {
    says: 'If you do not want that, add a rule that passes all pod traffic before it.',
    manifests: adminPolicy(
      'some',
      `{priority: 1, ${shop}, egress: [{action: Pass, to: [${all}]}, {action: Deny, to: [{networks: [0.0.0.0/0]}]}]}`,
    ),
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/checkout -> 203.0.113.9 80 denied'],
  },
  {
    says: 'nodes select by the labels of nodes, and match by the addresses in their status.',
    manifests: adminPolicy(
      'some',
      `{priority: 1, ${shop}, egress: [{action: Deny, to: [{nodes: {matchLabels: {zone: west}}}]}]}`,
    ),
    asks: [
      'shop/checkout -> node/node-b 10250 denied',
      'shop/checkout -> node/node-a 10250 allowed',
      'shop/checkout -> 192.168.0.12 10250 denied',
      'shop/checkout -> shop/agent 80 denied',
      'shop/checkout -> 192.168.0.99 80 allowed',
    ],
  },
  {
    says: 'nodes present but empty select all nodes, and no Pod or outside address.',
    manifests: adminPolicy('some', `{priority: 1, ${shop}, egress: [{action: Deny, to: [{nodes: {}}]}]}`),
    asks: [
      'shop/checkout -> node/node-b 10250 denied',
      'shop/checkout -> shop/cart 80 allowed',
      'shop/checkout -> 203.0.113.9 80 allowed',
    ],
  },
  {
    says: 'domainNames are looked up while traffic flows: which addresses they are cannot be known.',
    manifests: adminPolicy(
      'some',
      `{priority: 1, ${shop}, egress: [{action: Allow, to: [{domainNames: ["*.example.com"]}]}, {action: Deny, to: [{networks: [0.0.0.0/0]}]}]}`,
    ),
    asks: ['shop/checkout -> 203.0.113.9 443 unknown domain-name', 'shop/checkout -> shop/cart 443 denied'],
  },
  {
    says: 'A domain name that is allowed changes nothing where everything is.',
    manifests: adminPolicy(
      'some',
      `{priority: 1, ${shop}, egress: [{action: Allow, to: [{domainNames: [www.example.com]}]}]}`,
    ),
    asks: ['shop/checkout -> 203.0.113.9 443 allowed'],
  },
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

const inRule = (rule: string) => adminPolicy('wrong', `{priority: 1, ${shop}, ingress: [${rule}]}`);
const outRule = (rule: string) => adminPolicy('wrong', `{priority: 1, ${shop}, egress: [${rule}]}`);

rejections('AdminNetworkPolicy: what the API server refuses', [
  {
    says: 'priority is required.',
    manifests: adminPolicy('wrong', `{${shop}}`),
    problem: ['spec.priority', 'required'],
  },
  {
    says: 'priority is at most 1000.',
    manifests: adminPolicy('wrong', `{priority: 1001, ${shop}}`),
    problem: ['spec.priority', 'between'],
  },
  {
    says: 'priority is at least 0.',
    manifests: adminPolicy('wrong', `{priority: -1, ${shop}}`),
    problem: ['spec.priority', 'between'],
  },
  {
    says: 'subject: exactly one field.',
    manifests: adminPolicy('wrong', '{priority: 1, subject: {}}'),
    problem: ['spec.subject', 'either'],
  },
  {
    says: 'subject: not both.',
    manifests: adminPolicy(
      'wrong',
      '{priority: 1, subject: {namespaces: {}, pods: {namespaceSelector: {}, podSelector: {}}}}',
    ),
    problem: ['spec.subject', 'either'],
  },
  {
    says: 'pods need both selectors.',
    manifests: adminPolicy('wrong', '{priority: 1, subject: {pods: {podSelector: {}}}}'),
    problem: ['spec.subject.pods.namespaceSelector', 'required'],
  },
  {
    says: 'An action is required.',
    manifests: inRule(`{from: [${all}]}`),
    problem: ['spec.ingress[0].action', 'required'],
  },
  {
    says: 'Accept is a word of a later version.',
    manifests: inRule(`{action: Accept, from: [${all}]}`),
    problem: ['spec.ingress[0].action', 'not one of'],
  },
  {
    says: 'from must be defined and contain at least one item.',
    manifests: inRule('{action: Deny}'),
    problem: ['spec.ingress[0].from', 'required'],
  },
  {
    says: 'Exactly one field per peer.',
    manifests: inRule('{action: Deny, from: [{namespaces: {}, pods: {namespaceSelector: {}, podSelector: {}}}]}'),
    problem: ['spec.ingress[0].from[0]', 'one kind of peer'],
  },
  {
    says: 'networks go with egress only.',
    manifests: inRule('{action: Deny, from: [{networks: [10.0.0.0/8]}]}'),
    problem: ['spec.ingress[0].from[0]', 'egress only'],
  },
  {
    says: 'networks are CIDRs.',
    manifests: outRule('{action: Deny, to: [{networks: [10.0.0.1]}]}'),
    problem: ['spec.egress[0].to[0].networks[0]', 'no CIDR'],
  },
  {
    says: 'domainNames are only supported for rules that allow.',
    manifests: outRule('{action: Deny, to: [{domainNames: [example.com]}]}'),
    problem: ['spec.egress[0].to[0].domainNames', 'allows'],
  },
  {
    says: 'The wildcard of a domain name stands in front only.',
    manifests: outRule('{action: Allow, to: [{domainNames: ["www.*.com"]}]}'),
    problem: ['spec.egress[0].to[0].domainNames[0]', 'no domain name'],
  },
  {
    says: 'portRange: start must be less than end.',
    manifests: inRule(`{action: Deny, from: [${all}], ports: [{portRange: {start: 90, end: 80}}]}`),
    problem: ['spec.ingress[0].ports[0].portRange.end', 'not above'],
  },
  {
    says: 'A port is between 1 and 65535.',
    manifests: inRule(`{action: Deny, from: [${all}], ports: [{portNumber: {port: 0}}]}`),
    problem: ['spec.ingress[0].ports[0].portNumber.port', 'between'],
  },
  {
    says: 'Exactly one field per port.',
    manifests: inRule(`{action: Deny, from: [${all}], ports: [{portNumber: {port: 1}, namedPort: http}]}`),
    problem: ['spec.ingress[0].ports[0]', 'one of'],
  },
  {
    says: 'There is one baseline, and its name is default.',
    manifests: baseline(`{${shop}}`, 'other'),
    problem: ['metadata.name', 'default'],
  },
  {
    says: 'The baseline cannot pass.',
    manifests: baseline(`{${shop}, ingress: [{action: Pass, from: [${all}]}]}`),
    problem: ['spec.ingress[0].action', 'not one of'],
  },
  {
    says: 'Two policies of one priority are told of.',
    manifests: together(adminPolicy('one', `{priority: 7, ${shop}}`), adminPolicy('two', `{priority: 7, ${shop}}`)),
    severity: 'warning',
    problem: ['spec.priority', 'one has the same priority'],
  },
]);
