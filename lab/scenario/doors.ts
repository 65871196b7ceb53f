import { NETWORK } from '../cluster/plan.ts';
import type { Setting } from './across.ts';
import type { Change } from './change.ts';
import type { Facts } from './facts.ts';
import { type Expectation, finds, type Run } from './fault.ts';
import { client, deployment, type Manifest, service, type Workload, web } from './manifest.ts';
import type { Argv } from './place.ts';

const NODE = '10.0.0.12';

interface Route {
  host: string;
  to: string;
  /** Of the Service. */
  port?: number;
  /** Of the Ingress itself. */
  name?: string;
  path?: string;
  pathType?: 'Prefix' | 'Exact';
  className?: string;
  annotations?: Readonly<Record<string, string>>;
  secret?: string;
}

export const ingress = (namespace: string, route: Route): Manifest => {
  const {
    host,
    to,
    port = 80,
    path = '/',
    pathType = 'Prefix',
    className = 'nginx',
    annotations = {},
    secret,
    name = 'door',
  } = route;
  const own = Object.entries(annotations).map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value]);
  const backend = { service: { name: to, port: { number: port } } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace, annotations: Object.fromEntries(own) } as Manifest['metadata'],
    spec: {
      ingressClassName: className,
      rules: [{ host, http: { paths: [{ path, pathType, backend }] } }],
      ...(secret ? { tls: [{ hosts: [host], secretName: secret }] } : {}),
    },
  };
};

/** By the ports that a proxy has on the nodes. */
export const byNodePort =
  (ports: { readonly http: number; readonly https: number }) =>
  (url: string, more: Argv = []): Argv => {
    const { hostname, protocol } = new URL(url);
    const there = `${hostname}::${NODE}:${protocol === 'https:' ? ports.https : ports.http}`;
    return ['curl', '-s', '-o', '/dev/null', '-m', '5', '--connect-to', there, ...more, url];
  };

const curl = byNodePort({ http: 30080, https: 30443 });

/** Through the controller, by the port that its Service has on a node. */
export const throughDoor = (url: string, more: Argv = []): Argv => curl(url, ['-f', ...more]);

/** Waits until the door answers with this status: the same request fails for many reasons, and one is meant. */
export const doorSays = (status: number, url: string, more: Argv = []): Change => ({
  at: { net: 'ext' },
  run: [
    'timeout',
    '20',
    'sh',
    '-c',
    'wanted=$1; shift; until [ "$("$@")" = "$wanted" ]; do :; done',
    'status',
    String(status),
    ...curl(url, ['-w', '%{http_code}', ...more]),
  ],
});

interface Behind {
  namespace: string;
  app: string;
  listens: number;
  more?: Partial<Workload>;
}

/** A web server and its Service on port 80, a Pod that visits, and the Ingress that is asked about: it is made by the fault. */
export const behindDoor = ({ namespace, app, listens, more = {} }: Behind): Setting => ({
  namespace,
  flow: { from: `pod/${namespace}/visitor`, to: `ing/${namespace}/door` },
  objects: [
    deployment(namespace, web(app, listens, { replicas: 1, ...more })),
    service(namespace, app, { selector: { app }, ports: [{ port: 80, targetPort: listens }] }),
    client(namespace, { name: 'visitor' }),
  ],
});

/** The request of a visitor, as it is told to the program. */
export const asks = (url: string): string[] => {
  const { hostname, pathname, search } = new URL(url);
  return ['--host', hostname, '--path', `${pathname}${search}`];
};

/** What is wrong behind a door is found from the request that fails. */
export const findsBehind = (url: string, top: readonly string[], more: Partial<Expectation> = {}): Run => ({
  ...finds(top, { never: ['SVC-01', 'POD-03'], ...more }),
  flags: asks(url),
});

/** The same for a door that is no Ingress: the operator says what is broken. */
export const findsAs = (symptom: string, top: readonly string[], more: Partial<Expectation> = {}): Run => ({
  ...finds(top, more),
  flags: [symptom],
});

/** Works, and a Pod comes to the servers without the load balancer, so that nobody can say it. */
export const staysUnasked: Run = { expect: { exit: 5, result: 'inconclusive', never: ['*'] } };

/** One request from outside to an address and port. */
export const fromOutside = (host: string, port: number | string): Argv => [
  'curl',
  '-sf',
  '-o',
  '/dev/null',
  '-m',
  '2',
  `http://${host}:${port}/`,
];

const ADDRESS_FIRST = 'port=$1; shift; to=$("$@"); [ -n "$to" ] && curl -sf -o /dev/null -m 2 "http://$to:$port/"';

/** Asks the cluster for the address outside, as people and DNS controllers do, and then that address. */
export const externalAddressAnswers =
  (namespace: string, name: string) =>
  ({ kubectl }: Facts): Argv => {
    const address = 'jsonpath={.status.loadBalancer.ingress[0].ip}';
    return [
      'sh',
      '-c',
      ADDRESS_FIRST,
      'address',
      '80',
      ...kubectl(['-n', namespace, 'get', 'service', name, '-o', address]),
    ];
  };

/** A Service for the web server outside: the only way in which a flow to there can be told. */
export const outside = (namespace: string, name: string): Manifest[] => [
  service(namespace, name, { ports: [{ port: 80 }] }),
  {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${name}-1`, namespace, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    ports: [{ name: '', port: 80, protocol: 'TCP' }],
    endpoints: [{ addresses: [NETWORK.outside], conditions: { ready: true } }],
  },
];
