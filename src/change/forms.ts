import { isDnsLabel, isDnsSubdomain } from '../domain/dns-names.js';
import type { ChangedObject } from '../domain/fix.js';
import { isObject, type JsonObject } from '../domain/json.js';
import { type Change, type ChangeableKind, changeable, isChangeable, type PodChoice, type TextOnly } from './change.js';
import { touchesOnlyItsFields } from './fields.js';
import { holdsBlank, isLabelValue, labelsIn, selectorIn } from './names.js';
import type { Words } from './words.js';

type Told = Words & { readonly input: string | undefined };
type Form = (told: Told) => Change | TextOnly;

const plurals: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.keys(changeable).map((kind) => [kind, kind])),
  ...{ service: 'services', svc: 'services', ingress: 'ingresses', ing: 'ingresses', configmap: 'configmaps' },
  ...{ deployment: 'deployments', deploy: 'deployments', statefulset: 'statefulsets', sts: 'statefulsets' },
  ...{ daemonset: 'daemonsets', ds: 'daemonsets', replicaset: 'replicasets', rs: 'replicasets', cm: 'configmaps' },
  ...{ namespace: 'namespaces', ns: 'namespaces', node: 'nodes', pod: 'pods', pods: 'pods' },
  ...{ networkpolicy: 'networkpolicies', netpol: 'networkpolicies' },
};

/** `deployment cart` and `deployment/cart` in their parts; what follows is the rest. */
const named = ([first = '', ...rest]: readonly string[]) => {
  const [kind = '', name, ...more] = first.split('/');
  const plural = Object.hasOwn(plurals, kind.toLowerCase()) ? plurals[kind.toLowerCase()] : undefined;
  if (more.length > 0) return undefined;
  const [found, left] = name === undefined ? [rest[0], rest.slice(1)] : [name, rest];
  return { kind: plural, name: found ?? '', rest: left };
};

const onlyFlags = ({ flags }: Words, ...names: readonly string[]) =>
  [...flags.keys()].every((name) => name === 'namespace' || names.includes(name));

type Place = { readonly object: ChangedObject & { readonly kind: ChangeableKind }; readonly rest: readonly string[] };

/** The one object that is named, with its namespace where its kind has one; or why it is none that may be changed. */
const placeOf = (told: Words, kinds: readonly ChangeableKind[], objects = told.objects): Place | TextOnly => {
  const found = named(objects);
  if (!found || !isDnsSubdomain(found.name)) return 'unreadable';
  const { kind = '', name, rest } = found;
  if (!isChangeable(kind) || !kinds.includes(kind)) return 'kind';
  const namespace = told.flags.get('namespace');
  if (!changeable[kind].namespaced) return { object: { kind, name }, rest };
  // Without a namespace it would be that of whoever runs it.
  if (namespace === undefined || !isDnsLabel(namespace)) return 'unreadable';
  return { object: { kind, namespace, name }, rest };
};

const patchOf = (object: Place['object'], patch: JsonObject, style: 'strategic' | 'merge'): Change | TextOnly =>
  touchesOnlyItsFields(object.kind, patch) ? { do: 'patch', object, style, patch } : 'fields';

const jsonIn = (text: string | undefined): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isObject(value) && !holdsBlank(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const patch: Form = (told) => {
  const place = placeOf(told, ['services', 'ingresses', 'deployments', 'statefulsets', 'daemonsets', 'configmaps']);
  if (typeof place === 'string') return place;
  const [style = 'strategic', body] = [told.flags.get('type'), jsonIn(told.flags.get('patch'))];
  if (!onlyFlags(told, 'type', 'patch') || place.rest.length > 0 || !body) return 'unreadable';
  return style === 'merge' || style === 'strategic' ? patchOf(place.object, body, style) : 'unreadable';
};

const scale: Form = (told) => {
  const place = placeOf(told, ['deployments', 'statefulsets', 'replicasets']);
  if (typeof place === 'string') return place;
  const replicas = told.flags.get('replicas') ?? '';
  if (!onlyFlags(told, 'replicas') || place.rest.length > 0 || !/^\d{1,3}$/.test(replicas)) return 'unreadable';
  // Down to none would take away what still answers.
  return Number(replicas) === 0 ? 'verb' : patchOf(place.object, { spec: { replicas: Number(replicas) } }, 'merge');
};

const set: Form = (told) => {
  const [what, ...objects] = told.objects;
  if (what !== 'selector') return 'verb';
  const place = placeOf(told, ['services'], objects);
  if (typeof place === 'string') return place;
  const labels = labelsIn(place.rest[0] ?? '');
  if (!onlyFlags(told) || place.rest.length !== 1 || !labels) return 'unreadable';
  return { do: 'select', object: place.object, labels };
};

/** `KEY=VALUE` behind the name, once. */
const pairIn = (rest: readonly string[], isValue: (text: string) => boolean): Record<string, string> | undefined => {
  const [, key = '', value = ''] = /^([^=]+)=(.*)$/s.exec(rest[0] ?? '') ?? [];
  return rest.length === 1 && selectorIn(`${key}=x`) && isValue(value) ? { [key]: value } : undefined;
};

const annotate: Form = (told) => {
  const place = placeOf(told, ['ingresses']);
  if (typeof place === 'string') return place;
  const annotations = pairIn(place.rest, (value) => value !== '' && !holdsBlank(value));
  if (!onlyFlags(told, 'overwrite') || !annotations) return 'unreadable';
  return patchOf(place.object, { metadata: { annotations } }, 'merge');
};

const label: Form = (told) => {
  const place = placeOf(told, ['namespaces']);
  if (typeof place === 'string') return place;
  const labels = pairIn(place.rest, isLabelValue);
  if (!onlyFlags(told, 'overwrite') || told.flags.has('namespace') || !labels) return 'unreadable';
  return patchOf(place.object, { metadata: { labels } }, 'merge');
};

const cordoned =
  (unschedulable: boolean | null): Form =>
  (told) => {
    const [name = '', ...rest] = told.objects;
    if (told.flags.size > 0 || rest.length > 0 || !isDnsSubdomain(name)) return 'unreadable';
    return { do: 'patch', object: { kind: 'nodes', name }, style: 'merge', patch: { spec: { unschedulable } } };
  };

const nodeIn = (text: string | undefined) => {
  const [, node = ''] = /^spec\.nodeName=(.+)$/.exec(text ?? '') ?? [];
  return isDnsSubdomain(node) ? node : undefined;
};

/** One Pod by its name, or by labels on one node. */
const chosenPod = ({ objects, flags }: Words): PodChoice | TextOnly => {
  // `pod NAME` and `pod/NAME` in their words.
  const [, alone = '', ...more] = objects.flatMap((word) => word.split('/'));
  const labels = flags.get('selector');
  if (labels === undefined) return isDnsSubdomain(alone) && more.length === 0 ? { name: alone } : 'unreadable';
  const node = nodeIn(flags.get('field-selector'));
  if (!flags.has('field-selector')) return 'wide';
  return alone === '' && node && selectorIn(labels) ? { labels, node } : 'unreadable';
};

const remove: Form = (told) => {
  const [kind] = (told.objects[0] ?? '').split('/');
  if (plurals[kind ?? ''] !== 'pods') return 'kind';
  const namespace = told.flags.get('namespace');
  if (!onlyFlags(told, 'selector', 'field-selector') || namespace === undefined || !isDnsLabel(namespace))
    return 'unreadable';
  const pod = chosenPod(told);
  return typeof pod === 'string' ? pod : { do: 'delete-pod', namespace, pod };
};

const policyIn = (manifest: JsonObject | undefined): ChangedObject | undefined => {
  if (manifest?.apiVersion !== 'networking.k8s.io/v1' || manifest.kind !== 'NetworkPolicy') return undefined;
  const { name, namespace } = (isObject(manifest.metadata) ? manifest.metadata : {}) as Record<string, unknown>;
  if (typeof name !== 'string' || typeof namespace !== 'string' || !isDnsSubdomain(name) || !isDnsLabel(namespace))
    return undefined;
  return isObject(manifest.spec) ? { kind: 'networkpolicies', namespace, name } : undefined;
};

const apply: Form = (told) => {
  if (told.flags.get('filename') !== '-' || told.input === undefined) return 'file';
  if (!onlyFlags(told, 'filename') || told.objects.length > 0) return 'unreadable';
  const manifest = jsonIn(told.input);
  const object = policyIn(manifest);
  if (!manifest || !object) return manifest ? 'kind' : 'unreadable';
  const elsewhere = told.flags.get('namespace') ?? object.namespace;
  return elsewhere === object.namespace ? { do: 'apply', object, manifest } : 'unreadable';
};

/** The closed set of forms whose effect is small, reversible and exactly known, by their verb. */
export const forms: Readonly<Record<string, Form>> = {
  ...{ patch, scale, set, annotate, label, apply },
  ...{ delete: remove, cordon: cordoned(true), uncordon: cordoned(null) },
};
