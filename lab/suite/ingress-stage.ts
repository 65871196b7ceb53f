import { within } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import { run } from '../machine/run.ts';
import { deployment, type Manifest, service, web } from '../scenario/manifest.ts';
import type { Stage } from './proof.ts';

export const NAMESPACE = 'lab-ingress';
export const here = ['-n', NAMESPACE];
/** A node that is asked for the ports of the controller's Service. */
export const DOOR = '10.0.0.12';
/** Routes and answers of its own for every part that is proved. */
export const HOST = 'shop.example';

export interface Answer {
  code: string;
  body: string;
  /** Of curl, when there was no answer. */
  error: string;
}

/** One request from outside of the cluster; more are arguments of curl. */
export async function ask(stage: Stage, url: string, more: readonly string[] = []): Promise<Answer> {
  const { hostname, protocol } = new URL(url);
  const port = protocol === 'https:' ? '30443' : '30080';
  const there = ['--connect-to', `${hostname}::${DOOR}:${port}`];
  const end = '\n%{http_code} %{errormsg}';
  const curl = ['curl', '-sk', '--globoff', '-m', '9', ...there, '-w', end, ...more, url];
  const { stdout } = await run([...within(stage.lab, 'ext'), ...curl]);
  const at = stdout.lastIndexOf('\n');
  const [code = '', ...error] = stdout.slice(at + 1).split(' ');
  return { code, body: stdout.slice(0, at), error: error.join(' ') };
}

/** Waits for the answer, for changes take a moment; the last one is told when it never comes. */
export async function answers(
  stage: Stage,
  url: string,
  { code, more }: { code: string; more?: readonly string[] },
): Promise<string[]> {
  let last: Answer | undefined;
  const comes = async () => {
    last = await ask(stage, url, more);
    return last.code === code;
  };
  const came = await eventually(url, comes, { timeoutMs: 10_000 }).catch(() => false);
  return came ? [] : [`${url} gives ${last?.code} ${last?.error}, not ${code}`];
}

const IN_A_ROW = 20;

/** As `answers`, by every worker: those that end after a reload take new connections for a moment more. */
export async function settled(stage: Stage, url: string, { code }: { code: string }): Promise<string[]> {
  const always = async () => {
    for (let round = 0; round < IN_A_ROW; round += 1) if ((await ask(stage, url)).code !== code) return false;
    return true;
  };
  const came = await eventually(url, always).catch(() => false);
  return came ? [] : [`${url} does not keep giving ${code}`];
}

/** What the controller has written, nginx' own lines among it. */
export async function logged(stage: Stage, wanted: RegExp): Promise<string[]> {
  const logs = ['-n', 'ingress-nginx', 'logs', 'deploy/ingress-nginx-controller', '--tail=300'];
  const there = async () => wanted.test(await stage.kubectl.must(logs));
  const came = await eventually(String(wanted), there, { timeoutMs: 5000 }).catch(() => false);
  return came ? [] : [`the log has no ${String(wanted)}`];
}

export interface Route {
  path: string;
  to: string;
  pathType?: 'Prefix' | 'Exact' | 'ImplementationSpecific';
}

interface More {
  annotations?: Record<string, string>;
  className?: string | undefined;
  tls?: readonly object[];
}

/** A name without a dot is a part of shop.example. */
export function ingress(name: string, routes: readonly Route[], more: More = {}): Manifest {
  const { annotations = {}, className = 'nginx', tls = [] } = more;
  const own = Object.entries(annotations).map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value]);
  const paths = routes.map(({ path, to, pathType = 'Prefix' }) => ({ path, pathType, backend: backend(to) }));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: NAMESPACE, annotations: Object.fromEntries(own) } as Manifest['metadata'],
    spec: { ingressClassName: className, tls, rules: [{ host: hostOf(name), http: { paths } }] },
  };
}

export const hostOf = (name: string): string => `${name}.${HOST}`;

const backend = (to: string) => ({ service: { name: to, port: { number: 80 } } });

const ports = (targetPort: number) => [{ port: 80, targetPort }];

/** Services that answer as their names say. */
export const BACKENDS: readonly Manifest[] = [
  deployment(NAMESPACE, web('cart', 8080, { command: ['serve', ':8080', 'https://:8443'] })),
  service(NAMESPACE, 'cart', { selector: { app: 'cart' }, ports: ports(8080) }),
  service(NAMESPACE, 'secure', { selector: { app: 'cart' }, ports: ports(8443) }),
  service(NAMESPACE, 'refused', { selector: { app: 'cart' }, ports: ports(8081) }),
  service(NAMESPACE, 'nobody', { selector: { app: 'nobody' }, ports: ports(8080) }),
  deployment(NAMESPACE, web('hasty', 8080, { command: ['serve', '-requests', '1', ':8080'], replicas: 1 })),
  service(NAMESPACE, 'hasty', { selector: { app: 'hasty' }, ports: ports(8080) }),
  service(NAMESPACE, 'by-hand', { ports: ports(8080) }),
];

/** Endpoints of the Service `by-hand`. */
export const endpointOf = (address: string, ready: boolean): Manifest => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'by-hand', namespace: NAMESPACE, labels: { 'kubernetes.io/service-name': 'by-hand' } },
  addressType: 'IPv4',
  endpoints: [{ addresses: [address], conditions: { ready } }],
  ports: [{ port: 8080, protocol: 'TCP' }],
});
