import type { ChangedObject } from '../domain/fix.js';
import type { JsonObject } from '../domain/json.js';

/** Kinds that a change may be about: plural, group, and the fields it may touch as top-level paths. */
export const changeable = {
  services: { group: '', namespaced: true, fields: ['spec'] },
  ingresses: { group: 'networking.k8s.io', namespaced: true, fields: ['spec', 'metadata.annotations'] },
  networkpolicies: { group: 'networking.k8s.io', namespaced: true, fields: ['spec', 'metadata.labels'] },
  deployments: { group: 'apps', namespaced: true, fields: ['spec.replicas', 'spec.template'] },
  statefulsets: { group: 'apps', namespaced: true, fields: ['spec.replicas', 'spec.template'] },
  replicasets: { group: 'apps', namespaced: true, fields: ['spec.replicas'] },
  daemonsets: { group: 'apps', namespaced: true, fields: ['spec.template'] },
  configmaps: { group: '', namespaced: true, fields: ['data'] },
  namespaces: { group: '', namespaced: false, fields: ['metadata.labels'] },
  nodes: { group: '', namespaced: false, fields: ['spec.unschedulable'] },
} as const satisfies Readonly<Record<string, { group: string; namespaced: boolean; fields: readonly string[] }>>;
export type ChangeableKind = keyof typeof changeable;

export const isChangeable = (kind: string): kind is ChangeableKind => Object.hasOwn(changeable, kind);

/** A small change of one object whose effect is exactly known. */
export type Change =
  | {
      readonly do: 'patch';
      readonly object: ChangedObject & { readonly kind: ChangeableKind };
      readonly style: 'strategic' | 'merge';
      readonly patch: JsonObject;
    }
  /** The labels a Service selects by, and no others. */
  | { readonly do: 'select'; readonly object: ChangedObject; readonly labels: Readonly<Record<string, string>> }
  | { readonly do: 'apply'; readonly object: ChangedObject; readonly manifest: JsonObject }
  | { readonly do: 'delete-pod'; readonly namespace: string; readonly pod: PodChoice };

/** One Pod: by its name, or the only one that these labels find on a node. */
export type PodChoice = { readonly name: string } | { readonly labels: string; readonly node: string };

/** Why a command is for a person to run, as words that have a text. */
export const textOnlyReasons = [
  'reads-only',
  'far-reaching',
  'sentence',
  'danger',
  'blank',
  'choice',
  'several',
  'elsewhere',
  'verb',
  'file',
  'kind',
  'fields',
  'wide',
  'unreadable',
] as const;
export type TextOnly = (typeof textOnlyReasons)[number];

export type ReadChange = { readonly change: Change } | { readonly textOnly: TextOnly };

/** What a person names: `prod-eu-1/shop/cart`; an object without a namespace is `prod-eu-1/node-a`. */
export const targetOf = (context: string | null, { namespace, name }: ChangedObject): string =>
  [context ?? 'in-cluster', ...(namespace === undefined ? [] : [namespace]), name].join('/');
