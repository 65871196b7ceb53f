import type { Flow } from '../../../src/domain/flow.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { recorded } from '../../parse/recorded.js';
import { type FakeObjects, ran } from '../../support/fake-world.js';
import { endpoint, pod, service, slice } from '../shop.js';

type Objects<K extends keyof FakeObjects> = NonNullable<FakeObjects[K]>[number];
type Ingress = Objects<'ingresses'>;

const to = { kind: 'ingress', namespace: 'shop', name: 'front' } as const;
const from = { kind: 'pod', namespace: 'shop', name: 'checkout' } as const;

/** `checkout` asks for `cart.shop.example`, which the Ingress `front` leads to `cart`. */
export const toFront = { from, to, protocol: 'TCP' } as const satisfies Flow;
export const asking = (host: string, path?: string) =>
  ({ ...toFront, to: { ...to, host, ...(path && { path }) } }) as const;

export const host = 'cart.shop.example';
const cartBackend = (port: object = { number: 80 }, name = 'cart') => ({ service: { name, port } });
export const rule = (path: string, pathType = 'Prefix', backend: object = cartBackend()) => ({
  path,
  pathType,
  backend,
});

interface More {
  readonly annotations?: Record<string, string>;
  readonly paths?: readonly object[];
  readonly spec?: object;
  readonly host?: string;
}

export const front = ({ annotations = {}, paths = [rule('/')], spec = {}, host: of = host }: More = {}): Ingress =>
  ({
    metadata: { namespace: 'shop', name: 'front', annotations },
    spec: { ingressClassName: 'nginx', rules: [{ host: of, http: { paths } }], ...spec },
  }) as Ingress;

export const backendOf = cartBackend;
export const wantsTls = { tls: [{ hosts: [host], secretName: 'cart-tls' }] };

const labels = {
  'app.kubernetes.io/name': 'ingress-nginx',
  'app.kubernetes.io/instance': 'front-door',
  'app.kubernetes.io/component': 'controller',
};

export const nginx: Objects<'ingressclasses'> = {
  metadata: { name: 'nginx', labels },
  spec: { controller: 'k8s.io/ingress-nginx' },
};

export const controller = (name = 'controller-1', ready = true) =>
  pod(name, {
    metadata: { namespace: 'doors', name, labels },
    spec: {
      nodeName: 'node-b',
      restartPolicy: 'Always',
      containers: [
        {
          name: 'controller',
          ports: [
            { name: 'http', containerPort: 80 },
            { name: 'https', containerPort: 443 },
          ],
        },
      ],
    },
    status: {
      podIP: '10.244.1.2',
      podIPs: [{ ip: '10.244.1.2' }],
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    },
  });

const doorService = {
  ...service({ selector: labels, clusterIP: '10.96.9.9', ports: [{ name: 'http', port: 80, targetPort: 'http' }] }),
  metadata: { namespace: 'doors', name: 'controller' },
};

export const cluster = (ingress: Ingress = front(), more: FakeObjects = {}): FakeObjects => ({
  ingresses: [ingress],
  ingressclasses: [nginx],
  pods: [controller()],
  services: [service(), doorService],
  endpointslices: [slice([endpoint('cart-1')])],
  ...more,
});

/** What curl left behind when it asked a real nginx. */
export const said = (name: string) => ran(recorded('ingress-nginx', name), { tool: 'curl' });

/** By the place that is asked: the door, and what stands behind it. */
export const answering =
  ({ door = 'get-answers', backend = 'get-answers', secure = 'https-cart' }) =>
  (query: string, args: JsonObject) => {
    if (query === 'served-certificate') return ran(recorded('ingress-nginx', door), { tool: 'openssl' });
    if (query === 'https-get') return said(secure);
    return said(args.port === 8080 ? backend : door);
  };
