import type { Manifest } from '../scenario/manifest.ts';
import { type Places, SHOP } from './policy-agent-ground.ts';
import type { Flow } from './policy-agent-traffic.ts';

/** What Kubernetes promises, worked out by hand. Without the policies every one of these flows is answered. */
export interface Case {
  title: string;
  policies: readonly Manifest[] | ((places: Places) => readonly Manifest[]);
  lets: readonly Flow[];
  stops: readonly Flow[];
}

export const policyOf = (spec: object, name = 'rule'): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: SHOP },
  spec,
});

export const app = (name: string) => ({ podSelector: { matchLabels: { app: name } } });
export const role = (name: string) => ({ podSelector: { matchLabels: { role: name } } });
export const team = (name: string) => ({ namespaceSelector: { matchLabels: { team: name } } });
export const where = (key: string, operator: string, values?: readonly string[]) => ({
  matchExpressions: [{ key, operator, ...(values ? { values } : {}) }],
});
/** A block of this one address. */
export const host = (places: Places, name: string) => `${places.addressOf.get(name)}/32`;
