import type { Setting } from './across.ts';
import { byNodePort, findsAs } from './doors.ts';
import type { Expectation, Run } from './fault.ts';
import { deployment, type Manifest, service, web } from './manifest.ts';
import type { Argv } from './place.ts';

const API = 'gateway.networking.k8s.io/v1';

interface Listener {
  name?: string;
  hostname?: string;
  /** Of the certificate; it listens at 443 then. */
  secret?: string;
  /** The namespaces whose routes it takes. */
  from?: object;
}

interface Front {
  className?: string;
  listener?: Listener;
}

/** A Gateway named "front" with one listener. */
export const gateway = (where: string, { className = 'traefik', listener = {} }: Front = {}): Manifest => {
  const { name = 'web', hostname, secret, from = { from: 'Same' } } = listener;
  const secured = { port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name: secret }] } };
  const door = secret ? secured : { port: 80, protocol: 'HTTP' };
  const taken = { allowedRoutes: { namespaces: from } };
  return {
    ...{ apiVersion: API, kind: 'Gateway', metadata: { name: 'front', namespace: where } },
    spec: { gatewayClassName: className, listeners: [{ name, ...door, ...(hostname && { hostname }), ...taken }] },
  };
};

interface Route {
  /** Of the route itself. */
  name?: string;
  host: string;
  /** A Service, in the namespace of the route where no other is said. */
  to: { name: string; port?: number; namespace?: string };
  section?: string;
}

export const httpRoute = (where: string, { name, host, to: { port = 80, ...to }, section }: Route): Manifest => ({
  ...{ apiVersion: API, kind: 'HTTPRoute', metadata: { name: name ?? `to-${to.name}`, namespace: where } },
  spec: {
    parentRefs: [{ name: 'front', ...(section && { sectionName: section }) }],
    hostnames: [host],
    rules: [{ backendRefs: [{ ...to, port }] }],
  },
});

/** A web server and its Service on port 80, which a client outside wants; Gateway and route are made by the fault. */
export const behindGateway = (namespace: string, app: string, listens: number): Setting => ({
  namespace,
  flow: { from: 'outside', to: `svc/${namespace}/${app}` },
  objects: [
    deployment(namespace, web(app, listens, { replicas: 1 })),
    service(namespace, app, { selector: { app }, ports: [{ port: 80, targetPort: listens }] }),
  ],
});

const curl = byNodePort({ http: 31080, https: 31443 });

/** One request from outside through the controller. */
export const throughGateway = (url: string, more: Argv = []): Argv => curl(url, ['-f', ...more]);

export const findsNotTaken = (more: Partial<Expectation> = {}): Run =>
  findsAs('outside-cannot-reach', ['ING-15'], { never: ['SVC-01', 'ING-01'], ...more });
