import { isIP } from 'node:net';
import { CannotLook } from '../../../domain/cannot-look.js';
import { isSelecting } from '../../../domain/selector.js';
import type { Pod, PodsApi } from './pods-api.js';
import { likeLabels } from './probe-pod-manifest.js';

/**
 * A Service that publishes addresses that are not ready would send its clients to a Pod that serves nothing.
 * Throws `CannotLook` where there is one, and where that cannot be known.
 */
export const requireNoTraffic = async (source: Pod, pods: PodsApi, signal: AbortSignal): Promise<void> => {
  const namespace = source.metadata?.namespace ?? '';
  const services = await pods.services(namespace, signal).catch((error: unknown) => {
    if (!(error instanceof CannotLook) || error.code !== 'forbidden') throw error;
    const text = 'Whether a Service would send it traffic cannot be known';
    throw new CannotLook('forbidden', `${text}: ${error.message}`, error.missing);
  });
  const labels = likeLabels(source);
  const publishing = services.find((service) => service.spec?.publishNotReadyAddresses && isSelecting(service, labels));
  if (!publishing) return;
  const name = publishing.metadata?.name;
  throw new CannotLook(
    'lost',
    `Service ${namespace}/${name} publishes addresses that are not ready, so it would get traffic.`,
  );
};

const isLoopback = (text: string) => /^127\./.test(text) || text === '::1' || text === 'localhost';

const texts = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
};

/** What is asked about the Pod's own addresses another Pod cannot answer. */
export const isAboutItself = (source: Pod, args: unknown): boolean => {
  const own = new Set([source.status?.podIP, ...(source.status?.podIPs ?? []).map(({ ip }) => ip)]);
  return texts(args).some((text) => isLoopback(text) || (isIP(text) > 0 && own.has(text)));
};
