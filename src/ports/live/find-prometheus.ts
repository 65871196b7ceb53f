import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import type { JsonObject } from '../../domain/json.js';
import { everyNamespace, type Scope } from '../../domain/ports.js';
import { ApiUnavailable } from './api-unavailable.js';
import type { Kube } from './kube.js';

/** A Service behind which a Prometheus answers, as the path of a request needs it. */
export interface FoundService {
  readonly namespace: string;
  /** `NAME:PORT` or `https:NAME:PORT`. */
  readonly name: string;
}

const serviceSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.looseObject({
    ports: z.array(z.looseObject({ name: z.string().default(''), port: z.number() })).default([]),
  }),
});
type Service = z.infer<typeof serviceSchema>;

/** How installers mark it: the operator (kube-prometheus-stack), the charts and Istio's sample, manifests from before. */
const marks = [
  { fields: { 'metadata.name': 'prometheus-operated' } },
  { labels: { 'app.kubernetes.io/name': 'prometheus' } },
  { labels: { app: 'prometheus' } },
] as const satisfies readonly Scope[];

const isMarked = ({ metadata: { name, labels } }: Service) =>
  name === 'prometheus-operated' || labels['app.kubernetes.io/name'] === 'prometheus' || labels.app === 'prometheus';

const webPorts = ['web', 'http-web', 'http', 'https', 'https-web'];
const usualPort = 9090;

const portOf = ({ spec: { ports } }: Service) => {
  const [first, ...more] = ports;
  const named = ports.find(({ name, port }) => webPorts.includes(name) || port === usualPort);
  return named ?? (more.length === 0 ? first : undefined);
};

const asFound = (service: Service): FoundService[] => {
  const port = portOf(service);
  if (!port) return [];
  const { name, namespace } = service.metadata;
  return [{ namespace, name: `${port.name.startsWith('https') ? 'https:' : ''}${name}:${port.port}` }];
};

const understood = (items: readonly JsonObject[]) => items.flatMap((item) => serviceSchema.safeParse(item).data ?? []);

const isRefused = (error: unknown): error is CannotLook =>
  error instanceof CannotLook && error.code === 'forbidden' && !(error instanceof ApiUnavailable);

const services = { port: 'kube', verb: 'list', kind: 'services' } as const;
const usualNamespace = 'monitoring';

/**
 * The Prometheus of a cluster by its usual marks; `undefined` where no Service has one of them. Whoever may not list the
 * Services of all namespaces is told of the one where it mostly is; that there is none elsewhere is not known then.
 * @throws CannotLook
 */
export const findPrometheus = async (
  kube: Pick<Kube, 'list'>,
  signal: AbortSignal,
): Promise<FoundService | undefined> => {
  try {
    for (const mark of marks) {
      const items = await kube.list({ ...services, namespace: everyNamespace, ...mark }, signal);
      const [found] = understood(items).flatMap(asFound);
      if (found) return found;
    }
    return undefined;
  } catch (error) {
    if (!isRefused(error)) throw error;
    const near = await kube.list({ ...services, namespace: usualNamespace }, signal).catch(() => []);
    const [found] = understood(near).filter(isMarked).flatMap(asFound);
    if (found) return found;
    throw error;
  }
};
