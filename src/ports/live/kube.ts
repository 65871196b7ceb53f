import { z } from 'zod';
import { InvalidName, isDnsLabel } from '../../clean/names.js';
import { CannotLook } from '../../domain/cannot-look.js';
import type { Json, JsonObject } from '../../domain/json.js';
import { kinds } from '../../domain/kinds.js';
import type { Call, ClusterVersion, Rules } from '../../domain/ports.js';
import { refusal } from './api-refusal.js';
import { type ApiReply, isWebPage, jsonOf, statusOf } from './api-reply.js';
import { type AnyRequest, type ApiRequest, versionRequest } from './api-request.js';
import type { Clean } from './clean.js';
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

const withoutManagedFields = (item: JsonObject): JsonObject => {
  const { metadata } = item;
  if (metadata === null || typeof metadata !== 'object' || Array.isArray(metadata) || metadata === undefined)
    return item;
  const { managedFields: _, ...kept } = metadata as { [key: string]: Json };
  return { ...item, metadata: kept };
};

const placed = ({ kind, namespace }: Pick<Of<'list'>, 'kind' | 'namespace'>) => {
  const { namespaced, group, version } = kinds[kind];
  if (namespaced && namespace === undefined) throw new Error(`a namespace is needed to read ${kind}`);
  return { group, version, resource: kind, ...(namespaced ? { namespace } : {}) };
};

const limitQuery = ({ limit }: Of<'list'>): [string, string][] =>
  limit === undefined ? [] : [['limit', String(limit)]];

// Lines have no limit of their own.
const logBytes = 4 << 20;

const logQuery = ({ pod, previous, tailLines }: Of<'logs'>): [string, string][] => {
  if (pod.container !== undefined && !isDnsLabel(pod.container)) throw new InvalidName('not a container name');
  return [
    ...(pod.container === undefined ? [] : [['container', pod.container] as [string, string]]),
    ...(previous ? [['previous', 'true'] as [string, string]] : []),
    ['tailLines', String(tailLines)],
    ['limitBytes', String(logBytes)],
  ];
};

const logRequest = (call: Of<'logs'>): ApiRequest => {
  const { namespace, name, container } = call.pod;
  const pod = { namespace, name, container: call.container ?? container };
  const log = { verb: 'get', group: '', version: 'v1', resource: 'pods', subresource: 'log' } as const;
  return { ...log, namespace, name, query: logQuery({ ...call, pod }) };
};

/** Reads of the Kubernetes API, as plain JSON that is already clean. Throws `CannotLook`. */
export const createKube = (transport: Transport, clean: Clean): Kube => {
  const refuse = (reply: ApiReply, request: AnyRequest): never => {
    throw refusal(reply, request, clean.cleanText);
  };

  const understood = <T>(reply: ApiReply, request: AnyRequest, schema: z.ZodType<T>): T => {
    if (reply.status < 200 || reply.status > 299 || isWebPage(reply)) refuse(reply, request);
    const parsed = schema.safeParse(jsonOf(reply.text));
    if (parsed.success) return parsed.data;
    throw new CannotLook(
      'lost',
      'The API server answered with something that is not the JSON of a Kubernetes object; check the server address.',
    );
  };

  const tidy = (item: JsonObject) => clean.cleanJson(withoutManagedFields(item));

  return {
    async get(call, signal) {
      const request: ApiRequest = { verb: 'get', ...placed(call), name: call.name };
      const reply = await transport.send(request, signal);
      // Without a name in it, the 404 is about the resource: the cluster does not serve it, which says nothing of the object.
      if (reply.status === 404 && statusOf(reply)?.details?.name !== undefined) return null;
      return tidy(understood(reply, request, objectSchema));
    },

    async list(call, signal) {
      const request: ApiRequest = {
        verb: 'list',
        ...placed(call),
        query: [...selectorQuery(call), ...limitQuery(call)],
      };
      const items = await listPages(request, (page) => transport.send(page, signal), understood);
      return items.map(tidy);
    },

    async logs(call, signal) {
      const request = logRequest(call);
      const reply = await transport.send(request, signal);
      if (reply.status !== 200) refuse(reply, request);
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
