import { rejections } from '../asking.js';
import { cidrGroup, clusterwide, ofCheckout, on, policy, several, toCart } from './tables.js';

const at = (rest: string) => `spec.ingress[0].${rest}`;
const out = (rest: string) => `spec.egress[0].${rest}`;
const ports = (list: string) => toCart(`{ toPorts: [{ ports: [${list}] }] }`);

rejections('Cilium: what is refused', [
  {
    says: 'rule must have one of EndpointSelector or NodeSelector.',
    manifests: policy('a', '{ ingress: [{}] }'),
    problem: ['spec', 'endpointSelector'],
    asks: ['shop/checkout -> shop/cart 80 allowed'],
  },
  {
    says: 'rule cannot have both.',
    manifests: clusterwide('a', '{ endpointSelector: {}, nodeSelector: {} }'),
    problem: ['spec.nodeSelector', 'endpointSelector'],
  },
  {
    says: 'nodeSelector is for clusterwide policies.',
    manifests: policy('a', '{ nodeSelector: {} }'),
    problem: ['spec.nodeSelector', 'Clusterwide'],
  },
  {
    says: 'A policy has a spec or specs.',
    manifests: 'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: a, namespace: shop }',
    problem: ['spec', 'specs'],
  },
  {
    says: 'Problems of specs have their place.',
    manifests: several('a', `[${on('cart', 'ingress: [{ fromCIDR: [x] }]')}]`),
    problem: ['specs[0].ingress[0].fromCIDR[0]', 'no CIDR'],
  },
  {
    says: 'Combining two sorts of peers is not supported.',
    manifests: toCart('{ fromEndpoints: [{}], fromEntities: [world] }'),
    problem: [at('fromEntities'), 'fromEndpoints'],
  },
  {
    says: 'toFQDNs goes with no other peer.',
    manifests: ofCheckout('{ toFQDNs: [{ matchName: a.example.com }], toCIDR: [0.0.0.0/0] }'),
    problem: [out('toFQDNs'), 'toCIDR'],
  },
  {
    says: 'unsupported entity.',
    manifests: toCart('{ fromEntities: [internet] }'),
    problem: [at('fromEntities[0]'), 'is not one of'],
  },
  {
    says: 'unable to parse CIDR.',
    manifests: toCart('{ fromCIDR: [10.0.0.0/33] }'),
    problem: [at('fromCIDR[0]'), 'no CIDR'],
  },
  {
    says: 'A CIDR of a set has its prefix.',
    manifests: toCart('{ fromCIDRSet: [{ cidr: 10.0.0.1 }] }'),
    problem: [at('fromCIDRSet[0].cidr'), 'no CIDR'],
  },
  {
    says: 'allow CIDR prefix does not contain exclude CIDR prefix.',
    manifests: toCart('{ fromCIDRSet: [{ cidr: 10.0.0.0/8, except: [192.168.0.0/16] }] }'),
    problem: [at('fromCIDRSet[0].except[0]'), 'inside'],
  },
  {
    says: 'One of cidr, cidrGroupRef and cidrGroupSelector.',
    manifests: toCart('{ fromCIDRSet: [{ except: [] }] }'),
    problem: [at('fromCIDRSet[0]'), 'one of'],
  },
  {
    says: 'Not two of them.',
    manifests: toCart('{ fromCIDRSet: [{ cidr: 10.0.0.0/8, cidrGroupRef: a }] }'),
    problem: [at('fromCIDRSet[0]'), 'one of'],
  },
  {
    says: 'A group holds CIDRs.',
    manifests: `${cidrGroup('a', '[nonsense]')}\n---\n${toCart('{}')}`,
    problem: ['spec.externalCIDRs[0]', 'no CIDR'],
  },
  {
    says: 'Port must be specified.',
    manifests: ports('{ protocol: TCP }'),
    problem: [at('toPorts[0].ports[0].port'), 'missing'],
  },
  { says: 'A port is a text.', manifests: ports('{ port: 80 }'), problem: [at('toPorts[0].ports[0].port'), 'a text'] },
  {
    says: 'Unable to parse port.',
    manifests: ports("{ port: '70000' }"),
    problem: [at('toPorts[0].ports[0].port'), '65535'],
  },
  {
    says: 'A name of a port has letters.',
    manifests: ports("{ port: 'a_b' }"),
    problem: [at('toPorts[0].ports[0].port'), 'name of a port'],
  },
  {
    says: 'endPort is not below port.',
    manifests: ports("{ port: '80', endPort: 70 }"),
    problem: [at('toPorts[0].ports[0].endPort'), 'below'],
  },
  {
    says: 'Protocols are known words.',
    manifests: ports("{ port: '80', protocol: HTTP }"),
    problem: [at('toPorts[0].ports[0].protocol'), 'is not one of'],
  },
  {
    says: 'The ICMPs block may only be present without ToPorts.',
    manifests: toCart("{ toPorts: [{ ports: [{ port: '80' }] }], icmps: [{ fields: [{ type: 8 }] }] }"),
    problem: [at('icmps'), 'toPorts'],
  },
  {
    says: 'wrong family.',
    manifests: toCart('{ icmps: [{ fields: [{ type: 8, family: IPX }] }] }'),
    problem: [at('icmps[0].fields[0].family'), 'neither'],
  },
  {
    says: 'An ICMP type ends at 255.',
    manifests: toCart('{ icmps: [{ fields: [{ type: 300 }] }] }'),
    problem: [at('icmps[0].fields[0].type'), '255'],
  },
  {
    says: 'An operator is one of four.',
    manifests: toCart('{ fromEndpoints: [{ matchExpressions: [{ key: a, operator: Gt }] }] }'),
    problem: [at('fromEndpoints[0].matchExpressions[0].operator'), 'is not one of'],
  },
  {
    says: 'In needs a value.',
    manifests: toCart('{ fromEndpoints: [{ matchExpressions: [{ key: a, operator: In }] }] }'),
    problem: [at('fromEndpoints[0].matchExpressions[0].values'), 'needs a value'],
  },
  {
    says: 'Exists takes no value.',
    manifests: toCart('{ fromEndpoints: [{ matchExpressions: [{ key: a, operator: Exists, values: [b] }] }] }'),
    problem: [at('fromEndpoints[0].matchExpressions[0].values'), 'no value'],
  },
  {
    says: 'An expression has a key.',
    manifests: toCart('{ fromEndpoints: [{ matchExpressions: [{ operator: Exists }] }] }'),
    problem: [at('fromEndpoints[0].matchExpressions[0].key'), 'missing'],
  },
  {
    says: 'A name or a pattern of a domain.',
    manifests: ofCheckout('{ toFQDNs: [{}] }'),
    problem: [out('toFQDNs[0]'), 'matchName'],
  },
  {
    says: 'No star in matchName.',
    manifests: ofCheckout("{ toFQDNs: [{ matchName: '*.example.com' }] }"),
    problem: [out('toFQDNs[0].matchName'), 'domain name'],
  },
  {
    says: 'A Service by name or by labels.',
    manifests: ofCheckout('{ toServices: [{}] }'),
    problem: [out('toServices[0]'), 'either'],
  },
  {
    says: 'A Service has a name.',
    manifests: ofCheckout('{ toServices: [{ k8sService: { namespace: shop } }] }'),
    problem: [out('toServices[0].k8sService.serviceName'), 'missing'],
  },
  {
    says: 'Modes of authentication are known words.',
    manifests: toCart('{ authentication: { mode: always } }'),
    problem: [at('authentication.mode'), 'is not one of'],
  },
  {
    says: 'enableDefaultDeny says true or false.',
    manifests: policy('a', on('cart', "enableDefaultDeny: { ingress: 'no' }")),
    problem: ['spec.enableDefaultDeny.ingress', 'true or false'],
  },
  { says: 'Rules are objects.', manifests: toCart('7'), problem: ['spec.ingress[0]', 'an object'] },
  {
    says: 'Without a DNS rule no address of a name becomes known.',
    manifests: ofCheckout('{ toFQDNs: [{ matchName: www.example.com }] }'),
    problem: [out('toFQDNs'), 'DNS rule'],
    severity: 'warning',
  },
  {
    says: 'A field of a rule that is not understood leaves open what the rule speaks of.',
    manifests: toCart('{ fromTeams: [blue] }'),
    problem: [at('fromTeams'), 'not understood'],
    severity: 'warning',
    asks: ['shop/checkout -> shop/cart 80 unknown field-not-understood', 'shop/checkout -> shop/dual 80 allowed'],
  },
  {
    says: 'A field of a policy that is not understood leaves open what the policy does.',
    manifests: policy('a', on('cart', 'tier: first, ingress: [{}]')),
    problem: ['spec.tier', 'not understood'],
    severity: 'warning',
    asks: ['shop/checkout -> shop/cart 80 unknown field-not-understood', 'shop/checkout -> shop/dual 80 allowed'],
  },
]);
