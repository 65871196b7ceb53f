import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from '../../../../src/domain/json.js';
import { json, startApi, status } from './api.js';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly type: string | undefined;
  /** Empty where there was none. */
  readonly body: JsonObject;
}

type Pod = JsonObject & { metadata: Record<string, unknown>; spec: Record<string, unknown> };

export interface Behaviour {
  readonly services?: readonly object[];
  /** What becomes of a container: the state that its status has from the second look on. */
  readonly state?: object;
  /** Status of a Pod that was created, from the second look on. */
  readonly podStatus?: object;
  /** Answers in the place of the cluster; true when it has. */
  instead?(asked: Asked, response: ServerResponse): boolean;
}

const bodyOf = async (request: IncomingMessage) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return text === '' ? {} : (JSON.parse(text) as JsonObject);
};

const notFound = (response: ServerResponse, name: string) =>
  json(response, 404, status(404, 'NotFound', `pods "${name}" not found`, { name, kind: 'pods' }));

const merged = (pod: Pod, { spec }: JsonObject, state: object): Pod => {
  const added = (spec as { ephemeralContainers: { name: string }[] }).ephemeralContainers;
  const before = (pod.spec.ephemeralContainers ?? []) as object[];
  const seen = ((pod.status as Record<string, unknown>).ephemeralContainerStatuses ?? []) as object[];
  return {
    ...pod,
    spec: { ...pod.spec, ephemeralContainers: [...before, ...added] },
    status: {
      ...(pod.status as object),
      ephemeralContainerStatuses: [...seen, ...added.map(({ name }) => ({ name, state }))],
    },
  } as unknown as Pod;
};

const running = { running: {} };

/** The part of an API server that Pods are made with. Remembers what it was asked. */
export const startPods = async (first: readonly object[], behaviour: Behaviour = {}) => {
  const pods = new Map((first as Pod[]).map((pod) => [String(pod.metadata.name), pod]));
  const log: Asked[] = [];
  const { services = [], state = running, podStatus } = behaviour;

  const create = (body: JsonObject, response: ServerResponse) => {
    const pod = body as Pod;
    const name = String(pod.metadata.name);
    if (pods.has(name))
      return json(response, 409, status(409, 'AlreadyExists', `pods "${name}" already exists`, { name }));
    const later = podStatus ?? { phase: 'Running', containerStatuses: [{ name: 'probe', state }] };
    const made = { ...pod, metadata: { ...pod.metadata, uid: `uid-of-${name}` }, status: later } as unknown as Pod;
    pods.set(name, made);
    return json(response, 201, made);
  };

  const answer = ({ method, path, body }: Asked, response: ServerResponse) => {
    const [, kind = '', name = ''] = /\/namespaces\/shop\/([a-z]+)\/?([^/?]*)/.exec(path) ?? [];
    if (kind === 'services') return json(response, 200, { kind: 'List', metadata: {}, items: services });
    if (method === 'POST') return create(body, response);
    if (name === '') return json(response, 200, { kind: 'List', metadata: {}, items: [...pods.values()] });
    const pod = pods.get(name);
    if (!pod) return notFound(response, name);
    if (method === 'PATCH') pods.set(name, merged(pod, body, state));
    if (method === 'DELETE') pods.delete(name);
    return json(response, 200, pods.get(name) ?? pod);
  };

  const api = await startApi((request, response) => {
    void bodyOf(request).then((body) => {
      const { method = '', url = '' } = request;
      const asked = { method, path: url, type: request.headers['content-type'], body };
      log.push(asked);
      if (!behaviour.instead?.(asked, response)) answer(asked, response);
    });
  });
  const changes = () => log.filter(({ method }) => method !== 'GET');
  return { ...api, pods, log, changes };
};

export const source = {
  metadata: {
    ...{ namespace: 'shop', name: 'web-7d9f-x', uid: 'uid-of-web' },
    labels: { app: 'web', 'pod-template-hash': '7d9f', 'app.kubernetes.io/managed-by': 'Helm' },
  },
  spec: {
    ...{ nodeName: 'node-b', serviceAccountName: 'web', dnsPolicy: 'ClusterFirst' },
    containers: [{ name: 'main', image: 'web:1', env: [{ name: 'TOKEN', value: 'secret' }] }],
    tolerations: [{ key: 'till', operator: 'Exists' }],
    securityContext: { runAsUser: 0, sysctls: [{ name: 'net.ipv4.ip_local_port_range', value: '1024 65535' }] },
  },
  status: { phase: 'Running', podIP: '10.244.1.7', podIPs: [{ ip: '10.244.1.7' }, { ip: 'fd00::7' }] },
};
