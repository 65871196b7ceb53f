import type { Kind } from '../../src/domain/kinds.js';
import { everyNamespace, type Scope } from '../../src/domain/ports.js';

/** Field selectors that the API server takes, beside metadata.name and metadata.namespace. It answers 400 to any other. */
const selectable: Partial<Record<Kind, readonly string[]>> = {
  pods: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
  ],
  events: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.fieldPath',
    'reason',
    'type',
  ],
  nodes: ['spec.unschedulable'],
  namespaces: ['status.phase'],
  jobs: ['status.successful'],
  replicasets: ['status.replicas'],
  services: ['spec.clusterIP', 'spec.type'],
};

const at = (object: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) => (value && typeof value === 'object' ? (value as Record<string, unknown>)[key] : undefined),
      object,
    );

const fieldOf = (kind: Kind, object: unknown, path: string) => {
  const known = ['metadata.name', 'metadata.namespace', ...(selectable[kind] ?? [])];
  if (!known.includes(path)) throw new Error(`the API server has no field selector ${path} for ${kind}`);
  return String(at(object, path) ?? '');
};

export const namespaceOf = (object: unknown) => at(object, 'metadata.namespace') ?? 'default';
export const nameOf = (object: unknown) => at(object, 'metadata.name');

/** Whether the API server would put `object` into the answer to a LIST of `kind` in `scope`. */
export const selected = (kind: Kind, { namespace, labels = {}, fields = {} }: Scope) => {
  const wanted = Object.entries(labels);
  return (object: unknown) => {
    const carried = (at(object, 'metadata.labels') ?? {}) as Record<string, string>;
    return (
      (namespace === undefined || namespace === everyNamespace || namespaceOf(object) === namespace) &&
      wanted.every(([key, value]) => carried[key] === value) &&
      Object.entries(fields).every(([path, value]) => fieldOf(kind, object, path) === value)
    );
  };
};
