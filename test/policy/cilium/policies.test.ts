import { describe, expect, it } from 'vitest';
import { judgePair } from '../../../src/policy/flow/evaluate.js';
import { smallestChange } from '../../../src/policy/remedy/smallest-change.js';
import { checkAsk, conformance, shopWith } from '../asking.js';
import { globalPolicy } from '../calico/tables.js';
import { clusterwide, ofCheckout, on, policy, several, toCart, together } from './tables.js';

const fromFront = '{ fromEndpoints: [{ matchLabels: { tier: front } }] }';
const kubernetes = (ingress: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: k, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, ingress: ${ingress} }`;

conformance('Cilium: default deny', [
  {
    says: 'Endpoints have unrestricted network access until selected by policy.',
    manifests: toCart(fromFront),
    asks: [
      'payments/till -> shop/dual 80 allowed',
      'shop/dual -> shop/cart 80 denied',
      'shop/checkout -> shop/cart 80 allowed',
    ],
  },
  {
    says: 'If any rule selects an endpoint and has an ingress section, it goes into default deny at ingress only.',
    manifests: toCart(fromFront),
    asks: ['shop/cart -> shop/dual 80 allowed'],
  },
  {
    says: 'If any rule selects an endpoint and has an egress section, it goes into default deny at egress.',
    manifests: ofCheckout('{ toEndpoints: [{ matchLabels: { app: cart } }] }'),
    asks: ['shop/checkout -> shop/dual 80 denied', 'shop/dual -> shop/checkout 80 allowed'],
  },
  {
    says: 'An empty rule puts the endpoint into default deny without whitelisting anybody.',
    manifests: toCart('{}'),
    asks: ['shop/checkout -> shop/cart 80 denied', '203.0.113.9 -> shop/cart 80 denied'],
  },
  {
    says: 'If omitted or empty, this rule does not apply at ingress.',
    manifests: policy('a', on('cart', 'ingress: []')),
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'An empty endpointSelector selects all endpoints of the namespace.',
    manifests: policy('a', '{ endpointSelector: {}, ingress: [{}] }'),
    asks: [
      'shop/checkout -> shop/cart 80 denied',
      'shop/checkout -> shop/dual 80 denied',
      'shop/checkout -> payments/till 80 allowed',
    ],
  },
  {
    says: 'A clusterwide policy selects endpoints of every namespace.',
    manifests: clusterwide('a', '{ endpointSelector: {}, ingress: [{}] }'),
    asks: ['shop/checkout -> payments/till 80 denied', 'shop/checkout -> ops/probe 80 denied'],
  },
  {
    says: 'A clusterwide policy may select endpoints by their namespace.',
    manifests: clusterwide(
      'a',
      "{ endpointSelector: { matchLabels: { 'k8s:io.kubernetes.pod.namespace': payments } }, ingress: [{}] }",
    ),
    asks: ['shop/checkout -> payments/till 80 denied', 'shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'enableDefaultDeny false: the policy allows without denying the rest.',
    manifests: policy('a', on('cart', `enableDefaultDeny: { ingress: false }, ingress: [${fromFront}]`)),
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/dual -> shop/cart 80 allowed'],
  },
  {
    says: 'enableDefaultDeny false leaves the denials.',
    manifests: policy('a', on('cart', `enableDefaultDeny: { ingress: false }, ingressDeny: [${fromFront}]`)),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/dual -> shop/cart 80 allowed'],
  },
  {
    says: 'Default deny is enabled if any policy requests it.',
    manifests: together(
      policy('a', on('cart', `enableDefaultDeny: { ingress: false }, ingress: [${fromFront}]`)),
      policy('b', on('cart', 'ingress: [{ fromEndpoints: [{ matchLabels: { app: fresh } }] }]')),
    ),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/fresh -> shop/cart 80 allowed',
      'shop/dual -> shop/cart 80 denied',
    ],
  },
  {
    says: 'enableDefaultDeny true without a rule denies everything.',
    manifests: policy('a', on('cart', 'enableDefaultDeny: { ingress: true }')),
    asks: ['shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'spec and specs: every rule counts.',
    manifests: several('a', `[${on('cart', `ingress: [${fromFront}]`)}, ${on('dual', 'ingress: [{}]')}]`),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/dual -> shop/cart 80 denied',
      'shop/checkout -> shop/dual 80 denied',
    ],
  },
  {
    says: 'Policies of Kubernetes and of Cilium add up.',
    manifests: together(toCart(fromFront), kubernetes('[{from: [{podSelector: {matchLabels: {app: dual}}}]}]')),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/dual -> shop/cart 80 allowed',
      'shop/fresh -> shop/cart 80 denied',
    ],
  },
  {
    says: 'Policy must be configured on both sides.',
    manifests: together(
      policy('a', on('checkout', 'egress: [{}]')),
      policy('b', on('cart', 'ingress: [{ fromEntities: [all] }]')),
    ),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/dual -> shop/cart 80 allowed'],
  },
]);

conformance('Cilium: denials', [
  {
    says: 'Deny policies take precedence over allow policies.',
    manifests: policy('a', on('cart', `ingress: [{ fromEntities: [all] }], ingressDeny: [${fromFront}]`)),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/dual -> shop/cart 80 allowed'],
  },
  {
    says: 'regardless of which policy they stand in.',
    manifests: together(
      policy('a', on('cart', 'ingress: [{ fromEntities: [all] }]')),
      clusterwide('z', on('cart', 'ingressDeny: [{ fromEndpoints: [{ matchLabels: { app: checkout } }] }]')),
    ),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/dual -> shop/cart 80 allowed'],
  },
  {
    says: 'or even a Kubernetes Network Policy.',
    manifests: together(policy('a', on('cart', `ingressDeny: [${fromFront}]`)), kubernetes('[{}]')),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/dual -> shop/cart 80 allowed'],
  },
  {
    says: 'Similarly to allow policies, Pods enter default deny as soon as a policy selects them.',
    manifests: policy('a', on('cart', `ingressDeny: [${fromFront}]`)),
    asks: ['shop/dual -> shop/cart 80 denied'],
  },
  {
    says: 'Layer 4 (81/TCP) allowed, 80/TCP denied.',
    manifests: policy(
      'a',
      on(
        'cart',
        "ingress: [{ fromEntities: [all] }], ingressDeny: [{ toPorts: [{ ports: [{ port: '80', protocol: TCP }] }] }]",
      ),
    ),
    asks: [
      'shop/checkout -> shop/cart 81 allowed',
      'shop/checkout -> shop/cart 80 denied',
      'shop/checkout -> shop/cart 80/udp allowed',
    ],
  },
  {
    says: 'egressDeny: egress traffic is denied even if egress rules would allow it.',
    manifests: policy(
      'a',
      on(
        'checkout',
        'egress: [{ toEntities: [all] }], egressDeny: [{ toEndpoints: [{ matchLabels: { app: cart } }] }]',
      ),
    ),
    asks: ['shop/checkout -> shop/cart 80 denied', 'shop/checkout -> shop/dual 80 allowed'],
  },
  {
    says: 'A denial that says nothing denies nothing, and isolates.',
    manifests: policy('a', on('cart', `ingress: [${fromFront}], ingressDeny: [{}]`)),
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/dual -> shop/cart 80 denied'],
  },
  {
    says: 'fromRequires: constraints which must be met, whatever other rules allow.',
    manifests: together(
      policy('a', on('cart', 'ingress: [{ fromRequires: [{ matchLabels: { tier: front } }] }]')),
      policy('b', on('cart', 'ingress: [{ fromEndpoints: [{}] }]')),
    ),
    asks: ['shop/checkout -> shop/cart 80 allowed', 'shop/dual -> shop/cart 80 denied requires-removed'],
  },
  {
    says: 'fromRequires does not allow anything on its own.',
    manifests: policy('a', on('cart', 'ingress: [{ fromRequires: [{ matchLabels: { tier: front } }] }]')),
    asks: ['shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'What toRequires says of ends without labels stays open.',
    manifests: together(
      policy('a', on('checkout', 'egress: [{ toRequires: [{ matchLabels: { tier: front } }] }]')),
      policy('b', on('checkout', 'egress: [{ toEntities: [all] }]')),
    ),
    asks: ['shop/checkout -> 203.0.113.9 80 unknown requires-beyond-endpoints', 'shop/checkout -> shop/cart 80 denied'],
  },
]);

const ports = (list: string, more = '') => toCart(`{ toPorts: [{ ports: [${list}]${more} }] }`);

conformance('Cilium: ports', [
  {
    says: 'Layer 4 policy can be specified independently of layer 3: to any layer 3 destination.',
    manifests: ports("{ port: '80', protocol: TCP }"),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      '203.0.113.9 -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 81 denied',
    ],
  },
  {
    says: 'protocol: if omitted, any protocol matches.',
    manifests: ports("{ port: '80' }"),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 80/udp allowed',
      'shop/checkout -> shop/cart 80/sctp allowed',
    ],
  },
  {
    says: 'protocol: ANY.',
    manifests: ports("{ port: '80', protocol: ANY }"),
    asks: ['shop/checkout -> shop/cart 80/udp allowed', 'shop/checkout -> shop/cart 81 denied'],
  },
  {
    says: 'endPort: ports 80-444, both included.',
    manifests: ports("{ port: '80', endPort: 444, protocol: TCP }"),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 444 allowed',
      'shop/checkout -> shop/cart 445 denied',
    ],
  },
  {
    says: 'Port can be a name.',
    manifests: ports('{ port: http, protocol: TCP }'),
    asks: [
      'shop/checkout -> shop/cart 8080 allowed',
      'shop/checkout -> shop/cart-next 9090 allowed',
      'shop/checkout -> shop/cart 80 denied',
    ],
  },
  {
    says: 'EndPort is ignored if Port is a named port.',
    manifests: ports('{ port: http, endPort: 9000, protocol: TCP }'),
    asks: ['shop/checkout -> shop/cart 8080 allowed', 'shop/checkout -> shop/cart 8081 denied'],
  },
  {
    says: 'Port 0 is every port of the protocol.',
    manifests: ports("{ port: '0', protocol: UDP }"),
    asks: ['shop/checkout -> shop/cart 53/udp allowed', 'shop/checkout -> shop/cart 53 denied'],
  },
  {
    says: 'Labels-dependent layer 4: peer and port both have to match.',
    manifests: toCart(
      "{ fromEndpoints: [{ matchLabels: { tier: front } }], toPorts: [{ ports: [{ port: '80', protocol: TCP }] }] }",
    ),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 81 denied',
      'shop/dual -> shop/cart 80 denied',
    ],
  },
  {
    says: 'CIDR-dependent layer 4: range and port both have to match.',
    manifests: ofCheckout("{ toCIDR: [203.0.113.0/24], toPorts: [{ ports: [{ port: '80', protocol: TCP }] }] }"),
    asks: [
      'shop/checkout -> 203.0.113.9 80 allowed',
      'shop/checkout -> 203.0.113.9 81 denied',
      'shop/checkout -> 198.51.100.1 80 denied',
    ],
  },
  {
    says: 'Several entries are ORed.',
    manifests: toCart("{ toPorts: [{ ports: [{ port: '80' }] }, { ports: [{ port: '90' }, { port: '91' }] }] }"),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'shop/checkout -> shop/cart 91 allowed',
      'shop/checkout -> shop/cart 92 denied',
    ],
  },
  {
    says: 'L7 rules may refuse more: the port is allowed.',
    manifests: ports("{ port: '80', protocol: TCP }", ', rules: { http: [{ method: GET }] }'),
    asks: ['shop/checkout -> shop/cart 80 allowed layer-7', 'shop/checkout -> shop/cart 81 denied'],
  },
  {
    says: 'Server names are asked of the handshake.',
    manifests: ofCheckout("{ toPorts: [{ ports: [{ port: '443', protocol: TCP }], serverNames: [one.one.one.one] }] }"),
    asks: ['shop/checkout -> 203.0.113.9 443 allowed layer-7'],
  },
  {
    says: 'An entry without ports is read in different ways.',
    manifests: toCart('{ toPorts: [{}] }'),
    asks: ['shop/checkout -> shop/cart 80 unknown ports-empty'],
  },
  {
    says: 'If any ICMP policy is specified, layer 4 is blocked unless allowed elsewhere.',
    manifests: toCart('{ icmps: [{ fields: [{ type: 8, family: IPv4 }, { type: EchoRequest, family: IPv6 }] }] }'),
    asks: ['shop/checkout -> shop/cart 80 denied'],
  },
  {
    says: 'authentication required: allowed, when both ends authenticate.',
    manifests: toCart('{ fromEndpoints: [{}], authentication: { mode: required } }'),
    asks: ['shop/checkout -> shop/cart 80 allowed authentication'],
  },
  {
    says: 'nodeSelector applies to hosts only.',
    manifests: clusterwide('a', '{ nodeSelector: { matchLabels: { zone: east } }, ingress: [{}] }'),
    asks: [
      'shop/checkout -> shop/cart 80 allowed',
      'payments/ledger -> node/node-a 22 unknown host-firewall',
      'shop/checkout -> node/node-b 22 allowed',
    ],
  },
]);

describe('the smallest change', () => {
  const changeOf = (manifests: string) => {
    const loaded = shopWith(manifests);
    const [from, to] = ['shop/checkout', 'shop/cart'].map((name) =>
      loaded.inventory.pods.find(({ party }) => party.name === name),
    );
    if (!from || !to) throw new Error('no such Pod');
    const ends = { from: from.party, to: to.party };
    return smallestChange(judgePair(loaded, { ...ends, protocol: 'TCP', port: 80 }), loaded);
  };

  it('is none where a denial of Cilium decides: nothing comes before it', () => {
    expect(changeOf(policy('a', on('cart', `ingressDeny: [${fromFront}]`)))).toEqual([]);
  });

  it('is a NetworkPolicy where Cilium or Calico isolate', () => {
    expect(changeOf(toCart('{}'))).toMatchObject([{ kind: 'NetworkPolicy' }]);
    expect(changeOf(globalPolicy('a', "{ selector: app == 'cart', ingress: [] }"))).toMatchObject([
      { kind: 'NetworkPolicy' },
    ]);
  });
});

describe('policies of one engine under another', () => {
  const ofCilium = policy('a', on('cart', 'ingress: [{}]'));
  const ofCalico = globalPolicy('b', "{ selector: app == 'dual', ingress: [] }");

  it('Calico does not read those of Cilium, and the other way round', () => {
    const [calico, cilium] = (['calico', 'cilium'] as const).map((engine) =>
      shopWith(together(ofCilium, ofCalico), engine),
    );
    if (!calico || !cilium) throw new Error('nothing loaded');
    checkAsk(calico, 'shop/checkout -> shop/cart 80 allowed');
    checkAsk(calico, 'shop/checkout -> shop/dual 80 denied');
    checkAsk(cilium, 'shop/checkout -> shop/cart 80 denied');
    checkAsk(cilium, 'shop/checkout -> shop/dual 80 allowed');
    expect(cilium.problems.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('cilium does not read it'),
    );
  });

  it('where nobody names the engine, policies of two leave open which has an effect', () => {
    const both = shopWith(together(ofCilium, ofCalico));
    checkAsk(both, 'shop/checkout -> shop/cart 80 unknown engine-unknown');
    checkAsk(both, 'shop/checkout -> shop/dual 80 unknown engine-unknown');
    checkAsk(both, 'shop/checkout -> payments/till 80 allowed');
  });

  it('where nobody names the engine, policies that only one reads tell which it is', () => {
    const blocks = kubernetes('[{from: [{ipBlock: {cidr: 10.1.0.0/16}}]}]');
    checkAsk(shopWith(together(blocks, ofCilium)), 'shop/checkout -> shop/cart-next 80 denied');
    checkAsk(shopWith(together(blocks, ofCalico)), 'shop/checkout -> shop/cart-next 80 allowed');
  });
});
