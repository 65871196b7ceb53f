import { app, type Case, host, policyOf, role, team, where } from './policy-agent-spec.ts';

/** Ingress of the cart by these rules. */
const into = (...ingress: object[]) => [policyOf({ ...app('cart'), policyTypes: ['Ingress'], ingress })];
/** Ingress of everything in the shop by these ports, from everywhere. */
const ports = (...list: object[]) => [
  policyOf({ podSelector: {}, policyTypes: ['Ingress'], ingress: [{ ports: list }] }),
];

const CART_BY_ALL = ['buyer > cart:8080', 'clerk > cart:8080', 'visitor > cart:8080', 'digger > cart:8080'];
const cartBy = (...names: string[]) => names.map((name) => `${name} > cart:8080`);
const cartNotBy = (...names: string[]) => CART_BY_ALL.filter((flow) => !cartBy(...names).includes(flow));

const peers: readonly Case[] = [
  {
    title:
      'default deny: nobody from the same node, another node, another namespace, or through the VIP; the own node and the pod itself always',
    policies: [policyOf({ podSelector: {}, policyTypes: ['Ingress'] })],
    lets: ['node-a > cart:8080', 'cart > cart:8080', 'cart > svc/cart:80', 'cart > gate:8080', 'clerk > hostly:8090'],
    stops: [...CART_BY_ALL, 'clerk > svc/cart:80', 'buyer > svc/cart:80', 'node-b > cart:8080', 'clerk > buyer/ping'],
  },
  {
    title: 'an empty rule lets everybody in',
    policies: [policyOf({ podSelector: {}, policyTypes: ['Ingress'] }, 'deny'), ...into({})],
    lets: [...CART_BY_ALL, 'node-b > cart:8080', 'clerk > cart/ping'],
    stops: ['buyer > stock:8080'],
  },
  {
    title: 'podSelector is of the own namespace, and no pod in the network of its node',
    policies: into({ from: [role('buyer')] }),
    lets: [...cartBy('buyer'), 'buyer > svc/cart:81'],
    stops: [...cartNotBy('buyer'), 'hostly > cart:8080'],
  },
  {
    title: 'namespaceSelector alone is every pod there',
    policies: into({ from: [team('yard')] }),
    lets: cartBy('visitor', 'digger'),
    stops: cartNotBy('visitor', 'digger'),
  },
  {
    title: 'both selectors in one entry are AND',
    policies: into({ from: [{ ...team('yard'), ...role('buyer') }] }),
    lets: cartBy('visitor'),
    stops: cartNotBy('visitor'),
  },
  {
    title: 'two entries are OR',
    policies: into({ from: [team('yard'), role('buyer')] }),
    lets: cartBy('visitor', 'digger', 'buyer'),
    stops: cartNotBy('visitor', 'digger', 'buyer'),
  },
  {
    title: 'an empty podSelector is the whole namespace',
    policies: into({ from: [{ podSelector: {} }] }),
    lets: cartBy('buyer', 'clerk'),
    stops: cartNotBy('buyer', 'clerk'),
  },
  {
    title: 'an empty namespaceSelector is every pod, but no node',
    policies: into({ from: [{ namespaceSelector: {} }] }),
    lets: CART_BY_ALL,
    stops: ['node-b > cart:8080', 'hostly > cart:8080'],
  },
  {
    title: 'NotIn matches where the key is missing',
    policies: into({ from: [{ podSelector: where('role', 'NotIn', ['clerk']) }] }),
    lets: ['buyer > cart:8080', 'stock > cart:8080'],
    stops: ['clerk > cart:8080', 'visitor > cart:8080'],
  },
  {
    title: 'In with two values is OR; all expressions together are AND',
    policies: into({
      from: [{ podSelector: { matchLabels: { app: 'clerk' }, ...where('role', 'In', ['buyer', 'clerk']) } }],
    }),
    lets: cartBy('clerk'),
    stops: ['buyer > cart:8080', 'stock > cart:8080'],
  },
  {
    title: 'DoesNotExist',
    policies: into({ from: [{ podSelector: where('role', 'DoesNotExist') }] }),
    lets: cartBy('stock'),
    stops: cartBy('buyer', 'clerk'),
  },
  {
    title: 'Exists, in the namespace that the name label names',
    policies: into({
      from: [
        {
          namespaceSelector: where('kubernetes.io/metadata.name', 'In', ['policed-yard']),
          podSelector: where('role', 'Exists'),
        },
      ],
    }),
    lets: cartBy('visitor', 'digger'),
    stops: [...cartBy('gate'), ...cartNotBy('visitor', 'digger')],
  },
];

const blocks: readonly Case[] = [
  {
    title: 'ipBlock with except',
    policies: (places) => into({ from: [{ ipBlock: { cidr: '10.244.0.0/16', except: [host(places, 'buyer')] } }] }),
    lets: cartNotBy('buyer'),
    stops: cartBy('buyer'),
  },
  {
    title: 'except takes nothing away from another block of the same rule',
    policies: (places) =>
      into({
        from: [
          { ipBlock: { cidr: '10.244.0.0/16', except: [host(places, 'buyer'), host(places, 'clerk')] } },
          { ipBlock: { cidr: host(places, 'buyer') } },
        ],
      }),
    lets: cartNotBy('clerk'),
    stops: cartBy('clerk'),
  },
  {
    title: "an outside client keeps its address through the node port of the pod's node, and loses it through another",
    policies: into({ from: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }] }),
    lets: ['outside > node-a:nodePort'],
    stops: ['outside > node-b:nodePort', ...cartBy('buyer')],
  },
];

const numbers: readonly Case[] = [
  {
    title: "a port is the pod's, also through the VIP",
    policies: into({ ports: [{ port: 8080 }] }),
    lets: ['buyer > cart:8080', 'clerk > svc/cart:80'],
    stops: ['buyer > cart:8081', 'clerk > svc/cart:81', 'buyer > cart/ping'],
  },
  {
    title: 'the port of the Service opens nothing',
    policies: into({ ports: [{ port: 80 }] }),
    lets: ['node-a > cart:8080'],
    stops: ['buyer > svc/cart:80', 'clerk > cart:8080'],
  },
  {
    title: 'a named port is another number on another pod',
    policies: ports({ port: 'web' }),
    lets: ['buyer > cart:8080', 'buyer > stock:8081', 'visitor > stock:8081'],
    stops: ['buyer > cart:8081', 'buyer > stock:8080'],
  },
  {
    title: 'a named port of another protocol, or that nobody declares, opens nothing',
    policies: ports({ port: 'web', protocol: 'UDP' }, { port: 'absent' }, { port: 'dns' }),
    lets: ['node-a > cart:8080'],
    stops: ['buyer > cart:8080', 'buyer > stock:8081', 'clerk > names:5353/udp'],
  },
  {
    title: 'endPort is inclusive',
    policies: into({ ports: [{ port: 8081, endPort: 8085 }] }),
    lets: ['buyer > cart:8081', 'clerk > cart:8085'],
    stops: ['buyer > cart:8080', 'clerk > svc/cart:80'],
  },
  {
    title: 'a protocol without a number is all its ports, and no other protocol',
    policies: ports({ protocol: 'UDP' }),
    lets: ['buyer > names:5353/udp', 'clerk > names:5353/udp'],
    stops: ['buyer > names:5353', 'buyer > cart:8080', 'buyer > names/ping'],
  },
  {
    title: 'no protocol means TCP',
    policies: ports({ port: 5353 }),
    lets: ['buyer > names:5353'],
    stops: ['buyer > names:5353/udp'],
  },
  {
    title: 'all three protocols are less than no ports at all',
    policies: ports({ protocol: 'TCP' }, { protocol: 'UDP' }, { protocol: 'SCTP' }),
    lets: ['buyer > names:5353', 'buyer > names:5353/udp'],
    stops: ['buyer > names/ping'],
  },
  {
    title: 'peers and ports of a rule are AND, two rules are OR',
    policies: into(
      { from: [role('buyer')], ports: [{ port: 8080 }] },
      { from: [role('clerk')], ports: [{ port: 8081 }] },
    ),
    lets: ['buyer > cart:8080', 'clerk > cart:8081'],
    stops: ['buyer > cart:8081', 'clerk > cart:8080'],
  },
];

export const ingressCases: readonly Case[] = [...peers, ...blocks, ...numbers];
