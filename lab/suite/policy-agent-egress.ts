import { app, type Case, host, policyOf, role, team } from './policy-agent-spec.ts';

/** Egress of the buyer by these rules. */
const out = (...egress: object[]) => [policyOf({ ...app('buyer'), policyTypes: ['Egress'], egress })];

const DNS = {
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};
const KUBE_DNS = { to: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }], ...DNS };

const alone: readonly Case[] = [
  {
    title: 'egress denied: not even names; who calls is still let in, and answered',
    policies: out(),
    lets: ['clerk > buyer/ping', 'clerk > cart:8080'],
    stops: [
      'buyer > cart:8080',
      'buyer > gate:8080',
      'buyer > outside:80',
      'buyer > svc/kube-dns:53/udp',
      'buyer > svc/kube-dns:53',
    ],
  },
  {
    title: 'egress denied but for names',
    policies: out(KUBE_DNS),
    lets: ['buyer > svc/kube-dns:53/udp', 'buyer > svc/kube-dns:53'],
    stops: ['buyer > cart:8080', 'buyer > svc/cart:80', 'buyer > outside:80', 'buyer > names:5353/udp'],
  },
  {
    title: 'names by UDP alone',
    policies: out({ ports: [{ protocol: 'UDP', port: 53 }] }),
    lets: ['buyer > svc/kube-dns:53/udp'],
    stops: ['buyer > svc/kube-dns:53', 'buyer > names:5353/udp'],
  },
  {
    title: "a port in egress is the pod's, also through the VIP",
    policies: out({ to: [app('cart')], ports: [{ port: 8080 }] }),
    lets: ['buyer > cart:8080', 'buyer > svc/cart:80'],
    stops: ['buyer > cart:8081', 'buyer > svc/cart:81', 'buyer > stock:8080'],
  },
  {
    title: 'egress to another namespace',
    policies: out({ to: [team('yard')] }),
    lets: ['buyer > gate:8080', 'buyer > gate/ping'],
    stops: ['buyer > cart:8080', 'buyer > stock:8080'],
  },
  {
    title: 'egress to the world, but not to the cluster',
    policies: out({ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }] }, KUBE_DNS),
    lets: ['buyer > outside:80', 'buyer > svc/kube-dns:53/udp'],
    stops: ['buyer > cart:8080', 'buyer > gate:8080', 'buyer > svc/cart:80'],
  },
  {
    title: 'egress to one address and one port of the world',
    policies: (places) =>
      out({ to: [{ ipBlock: { cidr: host(places, 'outside') } }], ports: [{ port: 80, endPort: 90 }] }),
    lets: ['buyer > outside:80'],
    stops: ['buyer > outside/ping', 'buyer > cart:8080'],
  },
  {
    title: 'a named port in egress is looked up on each pod that is called',
    policies: out({ to: [{ podSelector: {} }], ports: [{ port: 'web' }] }),
    lets: ['buyer > cart:8080', 'buyer > stock:8081', 'buyer > svc/cart:80'],
    stops: ['buyer > cart:8081', 'buyer > stock:8080', 'buyer > gate:8080'],
  },
  {
    title: 'a named port to everybody is a named port of every pod',
    policies: out({ ports: [{ port: 'web' }, { port: 'dns', protocol: 'UDP' }] }),
    lets: ['buyer > cart:8080', 'buyer > stock:8081', 'buyer > names:5353/udp'],
    stops: ['buyer > gate:8080', 'buyer > names:5353', 'buyer > outside:80'],
  },
  {
    title: 'endPort in egress',
    policies: out({ to: [app('cart')], ports: [{ port: 8080, endPort: 8081 }] }),
    lets: ['buyer > cart:8080', 'buyer > cart:8081'],
    stops: ['buyer > cart:8085'],
  },
];

const BUYER_TO_ALL = policyOf({ ...app('buyer'), policyTypes: ['Egress'], egress: [{}] }, 'out');

const both: readonly Case[] = [
  {
    title: 'both ends have to allow: the way out does not open the way in',
    policies: [BUYER_TO_ALL, policyOf({ ...app('cart'), ingress: [{ from: [role('clerk')] }] }, 'in')],
    lets: ['buyer > stock:8080', 'clerk > cart:8080'],
    stops: ['buyer > cart:8080', 'buyer > svc/cart:80'],
  },
  {
    title: 'one policy for both directions, which lets everybody out and nobody in',
    policies: [policyOf({ podSelector: {}, policyTypes: ['Ingress', 'Egress'], egress: [{}] })],
    lets: ['buyer > gate:8080', 'buyer > outside:80', 'clerk > svc/kube-dns:53/udp'],
    stops: ['buyer > cart:8080', 'clerk > cart:8080', 'cart > stock:8080'],
  },
  {
    title: 'one policy for both directions, which lets the shop in and nobody out',
    policies: [
      policyOf({ podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ podSelector: {} }] }] }),
    ],
    lets: ['node-a > cart:8080'],
    stops: ['buyer > cart:8080', 'visitor > cart:8080', 'buyer > gate:8080'],
  },
  {
    title: 'without types a policy with egress rules is about both directions',
    policies: [policyOf({ ...app('cart'), egress: [{ to: [team('yard')] }] })],
    lets: ['cart > gate:8080', 'buyer > stock:8080'],
    stops: ['cart > stock:8080', 'buyer > cart:8080', 'visitor > cart:8080'],
  },
  {
    title: 'the list of types is final, whatever rules there are',
    policies: [policyOf({ ...app('cart'), policyTypes: ['Egress'], ingress: [{ from: [role('clerk')] }] })],
    lets: ['buyer > cart:8080', 'visitor > cart:8080'],
    stops: ['cart > stock:8080', 'cart > gate:8080'],
  },
  {
    title: 'policies add up, whatever their names and order',
    policies: [
      policyOf({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, 'zz-deny'),
      policyOf({ podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [app('cart')] }] }, 'aa-out'),
      policyOf({ ...app('cart'), ingress: [{ from: [role('buyer')] }] }, 'in-a'),
      policyOf({ ...app('cart'), ingress: [{ from: [team('yard')] }] }, 'in-b'),
    ],
    lets: ['buyer > cart:8080', 'buyer > svc/cart:80', 'visitor > cart:8080'],
    stops: ['clerk > cart:8080', 'buyer > stock:8080', 'buyer > gate:8080'],
  },
];

export const egressCases: readonly Case[] = [...alone, ...both];
