import { z } from 'zod';
import type { EndOf } from './flow.js';
import type { KubeObject } from './kinds.js';
import { nameOf } from './name-of.js';
import type { ObjectReader } from './object-reader.js';

/** One reason why the API server itself opens connections to a Service. */
export const callerSchema = z.strictObject({
  /** As kubectl takes it. */
  object: z.string(),
  /** Of the webhook, or of the API. */
  name: z.string(),
  by: z.enum(['webhook', 'api']),
  port: z.int(),
  /** What waits for the answer fails without it. */
  strict: z.boolean(),
  /** It is asked about Ingresses and nothing else. */
  ofIngress: z.boolean(),
});
export type Caller = z.infer<typeof callerSchema>;

type Service = Pick<EndOf<'service'>, 'namespace' | 'name'>;
type Hooks = KubeObject<'validatingwebhookconfigurations'> | KubeObject<'mutatingwebhookconfigurations'>;
type Reader = ObjectReader<'validatingwebhookconfigurations' | 'mutatingwebhookconfigurations' | 'apiservices'>;

// What the API server takes where the reference names none (admissionregistration.k8s.io/v1, apiregistration.k8s.io/v1).
const usualPort = 443;

interface Reference {
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly port?: number | undefined;
}

const isFor = (reference: Reference | undefined, { namespace, name }: Service) =>
  reference?.namespace === namespace && reference.name === name;

const inHooks =
  (kind: string, service: Service) =>
  (configuration: Hooks): Caller[] =>
    (configuration.webhooks ?? []).flatMap(({ name, clientConfig, failurePolicy, rules = [] }) => {
      if (!isFor(clientConfig.service, service)) return [];
      const resources = rules.flatMap((rule) => rule.resources ?? []);
      return [
        {
          ...{ object: `${kind}/${nameOf(configuration)}`, name, by: 'webhook' as const },
          port: clientConfig.service?.port ?? usualPort,
          strict: failurePolicy !== 'Ignore',
          ofIngress: resources.length > 0 && resources.every((resource) => resource === 'ingresses'),
        },
      ];
    });

const inApi = (api: KubeObject<'apiservices'>): Caller => ({
  ...{ object: `apiservice/${nameOf(api)}`, name: nameOf(api), by: 'api' },
  ...{ port: api.spec?.service?.port ?? usualPort, strict: true, ofIngress: false },
});

export const apisOf = async (kube: ObjectReader<'apiservices'>, service: Service) =>
  (await kube.list('apiservices', {})).filter(({ spec }) => isFor(spec?.service, service));

export const webhooksOf = async (
  kube: ObjectReader<'validatingwebhookconfigurations' | 'mutatingwebhookconfigurations'>,
  service: Service,
): Promise<Caller[]> => {
  const [validating, mutating] = await Promise.all([
    kube.list('validatingwebhookconfigurations', {}),
    kube.list('mutatingwebhookconfigurations', {}),
  ]);
  return [
    ...validating.flatMap(inHooks('validatingwebhookconfiguration', service)),
    ...mutating.flatMap(inHooks('mutatingwebhookconfiguration', service)),
  ];
};

/** Everything for which the API server calls the Service. */
export const callersOf = async (kube: Reader, service: Service): Promise<Caller[]> => {
  const [hooks, apis] = await Promise.all([webhooksOf(kube, service), apisOf(kube, service)]);
  return [...hooks, ...apis.map(inApi)];
};

export const callerWords = (callers: readonly Caller[]): string[] =>
  callers.map(({ object, name, by }) => (by === 'api' ? object : `${object} (${name})`));
