import { z } from 'zod';
import { InvalidName } from '../../clean/names.js';
import { CannotLook } from '../../domain/cannot-look.js';
import { isDnsLabel } from '../../domain/dns-names.js';
import type { JsonObject } from '../../domain/json.js';
import { kinds, resourceOf } from '../../domain/kinds.js';
import { type Call, type ClusterVersion, everyNamespace, type Rules } from '../../domain/ports.js';
import { refusal } from './api-refusal.js';
import { type ApiReply, isWebPage, jsonOf, statusOf } from './api-reply.js';
import { type AnyRequest, type ApiRequest, versionRequest } from './api-request.js';
import type { Clean } from './clean.js';
import { createDiscovery } from './discovery.js';
import { withLastChange } from './last-change.js';
import { listPages } from './list-pages.js';
import { selectorQuery } from './selectors.js';
import type { Transport } from './transport.js';

export type KubeCall = Extract<Call, { port: 'kube' }>;
type Of<V extends KubeCall['verb']> = Extract<KubeCall, { verb: V }>;

export interface Kube {
  get(call: Of<'get'>, signal: AbortSignal): Promise<JsonObject | null>;
  list(call: Of<'list'>, signal: AbortSignal): Promise<JsonObject[]>;
  logs(call: Of<'logs'>, signal: AbortSignal): Promise<string>;
  rules(call: Of<'rules'>, signal: AbortSignal): Promise<Rules>;
  version(call: Of<'version'>, signal: AbortSignal): Promise<ClusterVersion>;
}

const objectSchema = z.record(z.string(), z.json());
const versionSchema = z.looseObject({ gitVersion: z.string() });

const names = z.array(z.string()).default([]);
const ruleSchema = z.object({ verbs: names, apiGroups: names, resources: names, resourceNames: names });
const reviewSchema = z.looseObject({
  status: z.looseObject({ incomplete: z.boolean().default(false), resourceRules: z.array(ruleSchema).default([]) }),
});

const placed = ({ kind, namespace }: Pick<Of<'list'>, 'kind' | 'namespace'>) => {
  const { namespaced, group, version } = kinds[kind];
  if (namespaced && namespace === undefined) throw new Error(`a namespace is needed to read ${kind}`);
  const within = namespaced && namespace !== everyNamespace ? { namespace } : {};
  return { group, version, resource: resourceOf(kind), ...within };
};

const limitQuery = ({ limit }: Of<'list'>): [string, string][] =>
  limit === undefined ? [] : [['limit', String(limit)]];

// Lines have no limit of their own.
const logBytes = 4 << 20;

const logQuery = ({ pod, previous, tailLines, sinceSeconds }: Of<'logs'>): [string, string][] => {
  if (pod.container !== undefined && !isDnsLabel(pod.container)) throw new InvalidName('not a container name');
  return [
    ...(pod.container === undefined ? [] : [['container', pod.container] as [string, string]]),
    ...(previous ? [['previous', 'true'] as [string, string]] : []),
    ['tailLines', String(tailLines)],
    ...(sinceSeconds === undefined ? [] : [['sinceSeconds', String(sinceSeconds)] as [string, string]]),
    ['limitBytes', String(logBytes)],
  ];
};

const logRequest = (call: Of<'logs'>): ApiRequest => {
  const { namespace, name, container } = call.pod;
  const pod = { namespace, name, container: call.container ?? container };
  const log = { verb: 'get', group: '', version: 'v1', resource: 'pods', subresource: 'log' } as const;
  return { ...log, namespace, name, query: logQuery({ ...call, pod }) };
};

type Understand = <T>(reply: ApiReply, request: AnyRequest, schema: z.ZodType<T>) => T;

const understanding =
  ({ cleanText }: Clean): Understand =>
  (reply, request, schema) => {
    if (reply.status < 200 || reply.status > 299 || isWebPage(reply)) throw refusal(reply, request, cleanText);
    const parsed = schema.safeParse(jsonOf(reply.text));
    if (parsed.success) return parsed.data;
    throw new CannotLook(
      'lost',
      'The API server answered with something that is not the JSON of a Kubernetes object; check the server address.',
    );
  };

/** Reads of the Kubernetes API, as plain JSON that is already clean. Throws `CannotLook`. */
export const createKube = (
  transport: Transport,
  clean: Clean,
  closing: AbortSignal = new AbortController().signal,
): Kube => {
  const { ifServed } = createDiscovery(transport, closing);
  const understood = understanding(clean);

  const tidy = (item: JsonObject) => clean.cleanJson(withLastChange(item));

  const get = async (call: Of<'get'>, signal: AbortSignal) => {
    const request: ApiRequest = { verb: 'get', ...placed(call), name: call.name };
    const reply = await transport.send(request, signal);
    // Without a name in it, the 404 is about the resource: the cluster does not serve it, which says nothing of the object.
    if (reply.status === 404 && statusOf(reply)?.details?.name !== undefined) return null;
    return tidy(understood(reply, request, objectSchema));
  };

  const list = async (call: Of<'list'>, signal: AbortSignal) => {
    const request: ApiRequest = {
      verb: 'list',
      ...placed(call),
      query: [...selectorQuery(call), ...limitQuery(call)],
    };
    const items = await listPages(request, (page) => transport.send(page, signal), understood);
    return items.map(tidy);
  };

  return {
    get: (call, signal) => ifServed(call.kind, signal, () => get(call, signal)),
    list: (call, signal) => ifServed(call.kind, signal, () => list(call, signal)),

    async logs(call, signal) {
      const request = logRequest(call);
      const reply = await transport.send(request, signal);
      if (reply.status !== 200) throw refusal(reply, request, clean.cleanText);
      return clean.cleanText(reply.text);
    },

    async rules({ namespace }, signal) {
      const request: ApiRequest = {
        ...{ verb: 'create', group: 'authorization.k8s.io', version: 'v1', resource: 'selfsubjectrulesreviews' },
        body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace } },
      };
      const { status } = understood(await transport.send(request, signal), request, reviewSchema);
      return clean.cleanJson({ rules: status.resourceRules, incomplete: status.incomplete });
    },

    async version(_, signal) {
      const reply = await transport.send(versionRequest, signal);
      const { gitVersion } = understood(reply, versionRequest, versionSchema);
      return { gitVersion: clean.cleanText(gitVersion) };
    },
  };
};
