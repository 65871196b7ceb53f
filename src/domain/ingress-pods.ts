import { z } from 'zod';
import { CannotLook } from './cannot-look.js';
import { type IngressClass, ingressClassSchema } from './ingress-class.js';
import { type ControllerPlace, controllerPlace, isOutsideController } from './ingress-controller.js';
import { keptRunning } from './kept-running.js';
import type { KubeObject } from './kinds.js';
import type { ObjectReader } from './object-reader.js';
import { podState, podStateSchema, shouldServe } from './pod-state.js';
import { everyNamespace } from './ports.js';
import { isSelecting } from './selector.js';
import { someReadable } from './some-readable.js';

type Pod = KubeObject<'pods'>;
type Service = KubeObject<'services'>;
type Reader = ObjectReader<'pods' | 'services'>;

const controllerPodSchema = z.strictObject({
  namespace: z.string(),
  ...podStateSchema.shape,
  container: z.string(),
  http: z.int(),
  https: z.int(),
});
export type ControllerPod = z.infer<typeof controllerPodSchema>;

/** Who carries out what an Ingress says. */
export const controllerSchema = z.strictObject({
  class: ingressClassSchema,
  /** `unknown`: it is not known what its Pods look like. */
  runs: z.enum(['here', 'outside', 'unknown']),
  pods: z.array(controllerPodSchema),
});
export type Controller = z.infer<typeof controllerSchema>;

// What controllers call the port that takes requests, and the numbers they use where they may not use 80 and 443.
const names = { http: ['http', 'web'], https: ['https', 'websecure'] } as const;
const numbers = { http: [80, 8080, 8000], https: [443, 8443] } as const;

const containerOf = ({ spec }: Pod) =>
  spec?.containers.find(({ ports = [] }) => ports.some(({ name }) => name === 'http' || name === 'web')) ??
  spec?.containers[0];

const portFor = (pod: Pod, scheme: keyof typeof names): number => {
  const ports = containerOf(pod)?.ports ?? [];
  const called = ports.find(({ name }) => (names[scheme] as readonly (string | undefined)[]).includes(name));
  const usual = numbers[scheme].find((number) => ports.some(({ containerPort }) => containerPort === number));
  return called?.containerPort ?? usual ?? numbers[scheme][0];
};

const controllerPod = (pod: Pod, now: number): ControllerPod => ({
  namespace: pod.metadata?.namespace ?? '',
  ...podState(pod, now),
  container: containerOf(pod)?.name ?? '',
  http: portFor(pod, 'http'),
  https: portFor(pod, 'https'),
});

/** One LIST of the whole cluster, kept small by labels; in the usual places for those who may not ask for that. */
const podsAt = async (kube: Reader, { labels, namespaces }: ControllerPlace): Promise<Pod[]> => {
  try {
    return await keptRunning(kube, labels, everyNamespace);
  } catch (error) {
    if (!(error instanceof CannotLook) || error.code !== 'forbidden') throw error;
    const found = await someReadable(namespaces.map((namespace) => keptRunning(kube, labels, namespace)));
    if (found.flat().length > 0) return found.flat();
    throw error;
  }
};

/** @throws CannotLook where the Pods may not be listed */
export const controllerOf = async (kube: Reader, ingressClass: IngressClass, now: number): Promise<Controller> => {
  if (isOutsideController(ingressClass.controller)) return { class: ingressClass, runs: 'outside', pods: [] };
  const place = controllerPlace(ingressClass);
  if (!place) return { class: ingressClass, runs: 'unknown', pods: [] };
  const pods = (await podsAt(kube, place)).map((pod) => controllerPod(pod, now)).filter(shouldServe);
  return { class: ingressClass, runs: 'here', pods: pods.toSorted((a, b) => a.name.localeCompare(b.name)) };
};

/** Those that take requests, at most three: more rarely tell more. */
export const serving = ({ pods }: Controller): ControllerPod[] =>
  pods.filter(({ state, ips }) => state === 'running' && ips.length > 0).slice(0, 3);

const httpPort = ({ spec }: Service): number | undefined => {
  const ports = (spec?.ports ?? []).filter(({ protocol }) => (protocol ?? 'TCP') === 'TCP');
  const called = ports.find(({ name = '' }) => (names.http as readonly string[]).includes(name));
  return (called ?? ports.find(({ port }) => port === 80))?.port;
};

/** The Service that clients reach a controller by, from inside of the cluster; its own Pod where it has none. */
export const doorOfController = async (
  kube: Reader,
  { namespace, name, ips, http }: ControllerPod,
): Promise<{ address: string; port: number; owner: string }> => {
  const [pod, services] = await Promise.all([
    kube.get('pods', { namespace, name }),
    kube.list('services', { namespace }),
  ]);
  const found = services
    .filter((service) => isSelecting(service, pod?.metadata?.labels ?? {}))
    .flatMap((service) => {
      const port = httpPort(service);
      const address = service.spec?.clusterIP ?? '';
      const usable = port !== undefined && address !== '' && address !== 'None';
      return usable ? [{ address, port, owner: `svc/${namespace}/${service.metadata?.name ?? ''}` }] : [];
    });
  return found[0] ?? { address: ips[0] ?? '', port: http, owner: `pod/${namespace}/${name}` };
};
