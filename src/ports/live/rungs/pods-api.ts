import { CannotLook } from '../../../domain/cannot-look.js';
import type { JsonObject } from '../../../domain/json.js';
import type { KubeObject } from '../../../domain/kinds.js';
import type { PodRef } from '../../../domain/ports.js';
import { refusal } from '../api-refusal.js';
import { type ApiReply, jsonOf, statusOf } from '../api-reply.js';
import type { ApiRequest } from '../api-request.js';
import type { Clean } from '../clean.js';
import { createKube } from '../kube.js';
import type { Transport } from '../transport.js';

export type Pod = KubeObject<'pods'>;
export type Service = KubeObject<'services'>;

/** Reads and changes of Pods, unmasked: what is copied from a Pod has to be what is there. Throws `CannotLook`. */
export interface PodsApi {
  read(ref: PodRef, signal: AbortSignal): Promise<Pod | null>;
  labelled(namespace: string, labels: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Pod[]>;
  services(namespace: string, signal: AbortSignal): Promise<Service[]>;
  /** `undefined` where there is a Pod of this name already. */
  create(manifest: JsonObject, ref: PodRef, signal: AbortSignal): Promise<Pod | undefined>;
  addContainer(ref: PodRef, container: JsonObject, signal: AbortSignal): Promise<void>;
  /** False where there is no such Pod any more. */
  remove(ref: PodRef, uid: string, signal: AbortSignal): Promise<boolean>;
}

const core = { group: '', version: 'v1', resource: 'pods' } as const;

/** `pods "x" is forbidden: violates PodSecurity "restricted:latest": …`: the right is there, and a policy says no. */
const isPolicy = (message: string) => !/User ".*" cannot /.test(message);

export const createPodsApi = (transport: Transport, clean: Clean): PodsApi => {
  const kube = createKube(transport, { cleanText: clean.cleanText, cleanJson: (value) => value });

  const fail = (reply: ApiReply, request: ApiRequest): never => {
    const message = clean.cleanText(statusOf(reply)?.message ?? '');
    if (reply.status === 403 && message !== '' && isPolicy(message))
      throw new CannotLook('forbidden', `The cluster refuses it: ${message}`);
    throw refusal(reply, request, clean.cleanText);
  };
  const isDone = ({ status }: ApiReply) => status >= 200 && status <= 299;

  return {
    read: async ({ namespace, name }, signal) =>
      (await kube.get({ port: 'kube', verb: 'get', kind: 'pods', namespace, name }, signal)) as Pod | null,

    labelled: async (namespace, labels, signal) =>
      (await kube.list({ port: 'kube', verb: 'list', kind: 'pods', namespace, labels }, signal)) as unknown as Pod[],

    services: async (namespace, signal) =>
      (await kube.list({ port: 'kube', verb: 'list', kind: 'services', namespace }, signal)) as unknown as Service[],

    async create(body, { namespace }, signal) {
      const request: ApiRequest = { verb: 'create', ...core, namespace, body };
      const reply = await transport.send(request, signal);
      if (reply.status === 409 && statusOf(reply)?.reason === 'AlreadyExists') return undefined;
      return isDone(reply) ? (jsonOf(reply.text) as Pod) : fail(reply, request);
    },

    async addContainer({ namespace, name }, container, signal) {
      const body = { spec: { ephemeralContainers: [container] } };
      const request: ApiRequest = { verb: 'patch', ...core, subresource: 'ephemeralcontainers', namespace, name, body };
      const reply = await transport.send(request, signal);
      if (!isDone(reply)) fail(reply, request);
    },

    async remove({ namespace, name }, uid, signal) {
      const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid } };
      const request: ApiRequest = { verb: 'delete', ...core, namespace, name, body };
      const reply = await transport.send(request, signal);
      // 409: another Pod has this name by now, so ours is gone.
      if (reply.status === 404 || reply.status === 409) return false;
      return isDone(reply) || fail(reply, request);
    },
  };
};
