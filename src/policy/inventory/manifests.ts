import { child, complain, descend, type Field, itemsOf, objectOf, rootField, textOf } from '../read/field.js';
import type { Place, Problem } from '../read/place.js';
import type { Document, Manifest } from './document.js';

const clusterWide = new Set([
  'Namespace',
  'Node',
  'PersistentVolume',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'CiliumCIDRGroup',
  'GlobalNetworkPolicy',
  'GlobalNetworkSet',
  'StagedGlobalNetworkPolicy',
  'HostEndpoint',
  'Tier',
  'IPPool',
]);

const groupOf = (apiVersion: string) => {
  const [group = '', version] = apiVersion.split('/');
  return version === undefined ? { group: '', version: group } : { group, version };
};

const isList = (kind: string, root: Field) => kind.endsWith('List') && Array.isArray(child(root, 'items').value);

interface Reading {
  readonly place: Place;
  readonly value: unknown;
  /** Of a typed list, whose items need not say it again. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
}

const readManifest = ({ place, value, namespace, ...inherited }: Reading, problems: Problem[]): Manifest[] => {
  const own: Problem[] = [];
  const root = rootField(value, place, own);
  const apiVersion = textOf(child(root, 'apiVersion')) ?? inherited.apiVersion;
  const kind = textOf(child(root, 'kind')) ?? inherited.kind;
  if (!kind) {
    problems.push({ severity: 'warning', message: 'no object of Kubernetes: it has no kind', place });
    return [];
  }
  if (isList(kind, root)) return readList(root, { place, value, namespace, apiVersion, kind }, problems);
  const name = textOf(descend(root, 'metadata', 'name')) ?? '';
  if (!name) complain(descend(root, 'metadata', 'name'), 'a name is missing');
  const written = textOf(descend(root, 'metadata', 'namespace'));
  const home = clusterWide.has(kind) ? '' : written || namespace;
  return [{ place, root, ...groupOf(apiVersion), kind, name, namespace: home, problems: own }];
};

const readList = (root: Field, { place, apiVersion, kind, namespace }: Reading, problems: Problem[]): Manifest[] => {
  // The items of `PodList` leave out what the list has said; those of `List` are of any kind.
  const of = kind === 'List' ? { apiVersion: '', kind: '' } : { apiVersion, kind: kind.slice(0, -'List'.length) };
  return (itemsOf(child(root, 'items')) ?? []).flatMap((item) =>
    readManifest({ place: { ...place, path: item.path }, value: item.value, namespace, ...of }, problems),
  );
};

/** Every object in the documents, lists taken apart. What is no object is a problem. */
export const manifestsIn = (documents: readonly Document[], namespace: string, problems: Problem[]): Manifest[] =>
  documents.flatMap(({ source, document, value }) => {
    const place: Place = { source, document, path: [] };
    if (value === null || value === undefined) return [];
    const root = rootField(value, place, problems);
    if (objectOf(root) === undefined) return [];
    return readManifest({ place, value, namespace, apiVersion: '', kind: '' }, problems);
  });
