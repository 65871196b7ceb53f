import type { JsonObject } from '../../domain/json.js';
import { everyNamespace } from '../../domain/ports.js';
import type { Keeper } from '../../queries/history/question.js';
import { isRefused } from './api-unavailable.js';
import { type Service, type Signs, serviceSchema, signs } from './keeper-signs.js';
import type { Kube } from './kube.js';

/** A Service behind which a Prometheus or a Loki answers, as the path of a request needs it. */
export interface FoundService {
  readonly namespace: string;
  /** `NAME:PORT` or `https:NAME:PORT`. */
  readonly name: string;
}

const asFound = (service: Service, { portOf }: Signs): FoundService[] => {
  const port = portOf(service);
  if (!port) return [];
  const { name, namespace } = service.metadata;
  return [{ namespace, name: `${port.name.startsWith('https') ? 'https:' : ''}${name}:${port.port}` }];
};

const understood = (items: readonly JsonObject[]) => items.flatMap((item) => serviceSchema.safeParse(item).data ?? []);

const best = (services: readonly Service[], sign: Signs): FoundService | undefined =>
  services.toSorted((a, b) => sign.rank(a) - sign.rank(b)).flatMap((service) => asFound(service, sign))[0];

const services = { port: 'kube', verb: 'list', kind: 'services' } as const;

/**
 * The Prometheus or the Loki of a cluster by its usual marks; `undefined` where no Service has one of them. Whoever may
 * not list the Services of all namespaces is told of the one where it mostly is; that there is none elsewhere is not
 * known then.
 * @throws CannotLook
 */
export const findKeeper = async (
  keeper: Keeper,
  kube: Pick<Kube, 'list'>,
  signal: AbortSignal,
): Promise<FoundService | undefined> => {
  const sign = signs[keeper];
  try {
    for (const mark of sign.marks) {
      const found = best(
        understood(await kube.list({ ...services, namespace: everyNamespace, ...mark }, signal)),
        sign,
      );
      if (found) return found;
    }
    return undefined;
  } catch (error) {
    if (!isRefused(error)) throw error;
    const near = await kube.list({ ...services, namespace: sign.usualNamespace }, signal).catch(() => []);
    const found = best(understood(near).filter(sign.isMarked), sign);
    if (found) return found;
    throw error;
  }
};
