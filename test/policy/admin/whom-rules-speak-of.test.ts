import { conformance } from '../asking.js';
import { adminPolicy } from './tables.js';

const shop = 'subject: {namespaces: {matchLabels: {team: web}}}';
const money = '{namespaces: {matchLabels: {team: money}}}';
const all = '{namespaces: {}}';

conformance('AdminNetworkPolicy and BaselineAdminNetworkPolicy: subjects, peers, ports, networks, nodes', [
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
]);
