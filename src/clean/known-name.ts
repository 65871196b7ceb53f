export interface KnownName {
  readonly kind: 'node' | 'pod' | 'namespace' | 'cluster' | 'session' | 'user';
  readonly name: string;
}

type Fields = Readonly<Record<string, unknown>>;

const DEEPEST = 200;
const KIND: Readonly<Record<string, KnownName['kind']>> = { Node: 'node', Pod: 'pod', Namespace: 'namespace' };
const FIELD: Readonly<Record<string, KnownName['kind']>> = { namespace: 'namespace', nodeName: 'node', podName: 'pod' };

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function ownName(object: Fields, listed: string): KnownName[] {
  const kind = KIND[typeof object.kind === 'string' ? object.kind : listed];
  // An object has its name in its metadata, a reference (targetRef, involvedObject) beside its kind.
  const name = fields(object.metadata).name ?? object.name;
  return kind !== undefined && typeof name === 'string' ? [{ kind, name }] : [];
}

function listedKind(object: Fields, key: string): string {
  // The items of a list carry no kind of their own.
  const kind = typeof object.kind === 'string' ? object.kind : '';
  return key === 'items' && kind.endsWith('List') ? kind.slice(0, -4) : '';
}

function* walk(value: unknown, listed: string, depth: number): Generator<KnownName> {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return;
  if (Array.isArray(value)) {
    for (const item of value) yield* walk(item, listed, depth + 1);
    return;
  }
  const object = value as Fields;
  yield* ownName(object, listed);
  for (const [key, item] of Object.entries(object)) {
    const kind = FIELD[key];
    if (kind !== undefined && typeof item === 'string') yield { kind, name: item };
    else yield* walk(item, listedKind(object, key), depth + 1);
  }
}

/** Names of nodes, pods and namespaces that Kubernetes objects mention in their fields. */
export function namesIn(value: unknown): KnownName[] {
  return [...walk(value, '', 0)];
}
