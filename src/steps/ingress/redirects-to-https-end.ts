import { z } from 'zod';
import type { ControllerPod } from '../../domain/ingress-pods.js';
import type { KubeObject } from '../../domain/kinds.js';
import { nameOf } from '../../domain/name-of.js';
import type { ObjectReader } from '../../domain/object-reader.js';
import { isSelecting } from '../../domain/selector.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { type IngressView, ingressView } from '../../queries/probes/ingress-view.js';

const evidenceSchema = z.object({
  /** Empty where it is not known what the controller is, or nobody redirects in its name. */
  controller: z.string(),
  redirecting: z.boolean(),
  /** The Service port for HTTPS leads to the port of the controller for plain HTTP: TLS ended before it. */
  ended: z.array(z.string()),
  /** Ports for HTTPS that lead to the port of the controller for HTTPS. */
  whole: z.array(z.string()),
  trusting: z.boolean(),
});
type Evidence = z.infer<typeof evidenceSchema>;
type Reader = ObjectReader<'pods' | 'services' | 'configmaps'>;
type Service = KubeObject<'services'>;

const nginx = 'k8s.io/ingress-nginx';
const securePort = 443;

const targetIn = (pod: KubeObject<'pods'>, target: number | string | undefined) => {
  if (typeof target !== 'string') return target;
  const ports = (pod.spec?.containers ?? []).flatMap(({ ports: listed = [] }) => listed);
  return ports.find(({ name }) => name === target)?.containerPort;
};

const leading = (services: readonly Service[], pod: KubeObject<'pods'>, number: number) =>
  services
    .filter((service) => isSelecting(service, pod.metadata?.labels ?? {}))
    .filter(({ spec }) =>
      spec?.ports?.some((one) => one.port === securePort && targetIn(pod, one.targetPort ?? one.port) === number),
    )
    .map(nameOf);

// --configmap=$(POD_NAMESPACE)/ingress-nginx-controller
const settingsNamed = (pod: KubeObject<'pods'>) =>
  (pod.spec?.containers ?? [])
    .flatMap(({ args = [], command = [] }) => [...args, ...command])
    .flatMap((arg) => /^--configmap=[^/]*\/(.+)$/.exec(arg)?.[1] ?? [])[0] ?? 'ingress-nginx-controller';

const isOn = (value: string | undefined) => value?.toLowerCase() === 'true';

/** A host with TLS is redirected unless somebody says no, any other only where somebody says yes. */
const isRedirecting = ({ route, settings }: IngressView, whole: Readonly<Record<string, string>>) => {
  const setting = (name: string) => settings[name] ?? whole[name];
  if (isOn(setting('force-ssl-redirect'))) return true;
  return route.secure && setting('ssl-redirect')?.toLowerCase() !== 'false';
};

const lookAt = async (kube: Reader, view: IngressView, { namespace, name, http, https }: ControllerPod) => {
  const [pod, services] = await Promise.all([
    kube.get('pods', { namespace, name }),
    kube.list('services', { namespace }),
  ]);
  if (!pod) return undefined;
  const data = (await kube.get('configmaps', { namespace, name: settingsNamed(pod) }))?.data ?? {};
  return {
    ...{ controller: nginx, redirecting: isRedirecting(view, data), trusting: isOn(data['use-forwarded-headers']) },
    ...{ ended: leading(services, pod, http), whole: leading(services, pod, https) },
  };
};

const judge = ({ controller, redirecting, ended, whole, trusting }: Evidence) => {
  if (controller === '') return 'not-known';
  if (!redirecting) return 'no-redirect';
  if (ended.length === 0) return 'by-tls';
  // With a second way in the loop is that of some clients only.
  if (trusting) return 'headers-trusted';
  return whole.length > 0 ? 'loops-for-some' : 'loops';
};

export default defineStep({
  stage: 'ingress',
  level: 'observe',
  cost: 0,
  reads: ['ingresses', 'ingressclasses', 'pods', 'services', 'configmaps'],
  runs: [],
  from: anyEnd,
  to: ['ingress'],
  evidence: evidenceSchema,
  outcomes: {
    'no-redirect': 'pass',
    'by-tls': 'pass',
    'headers-trusted': 'pass',
    loops: 'fail',
    'loops-for-some': 'warn',
    'not-known': 'unsure',
  },

  async collect({ kube, clock }, flow): Promise<Evidence> {
    const view = await ingressView(kube, flow, clock.now());
    const [pod] = view?.controller.class.controller === nginx ? view.controller.pods : [];
    const found = view && pod ? await lookAt(kube, view, pod) : undefined;
    return found ?? { controller: '', redirecting: false, ended: [], whole: [], trusting: false };
  },

  interpret(evidence) {
    const { ended, whole } = evidence;
    return { outcome: judge(evidence), facts: { ended, whole } };
  },
});
