import type { Catalog } from '../catalog/catalog.js';

/** What an operator can say is broken, in the order of the digits. A runbook of that name answers it. */
export const symptoms = [
  'service-unreachable',
  'name-unresolved',
  'pod-unreachable',
  'ingress-unreachable',
  'egress-unreachable',
  'intermittent',
  'node-unhealthy',
  'error-message',
  'unknown',
] as const;
export type Symptom = (typeof symptoms)[number];

/** Why a symptom cannot be chosen, as the key of a phrase. */
export const symptomOff = (symptom: Symptom, { runbooks }: Pick<Catalog, 'runbooks'>): string | undefined => {
  // Without a symptom the runbook follows from the two ends.
  if (symptom === 'unknown' || symptom in runbooks) return undefined;
  return symptom === 'error-message' ? 'ui.off.no-matching' : 'ui.off.no-runbook';
};

export const symptomOf = (name: string) =>
  Math.max(0, (symptoms as readonly string[]).indexOf(name === '' ? 'service-unreachable' : name));
