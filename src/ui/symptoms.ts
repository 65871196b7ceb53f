import type { Catalog } from '../catalog/catalog.js';

/** What an operator can say is broken, in the order of the digits. A runbook of that name answers it. */
export const symptoms = [
  'service-unreachable',
  'dns-fails',
  'pod-unreachable',
  'ingress-fails',
  'egress-fails',
  'intermittent',
  'node-unreachable',
  'error-message',
  'unknown',
] as const;
export type Symptom = (typeof symptoms)[number];

/** Why a symptom cannot be chosen, as the key of a phrase. */
export const symptomOff = (
  symptom: Symptom,
  { catalog, intake }: { readonly catalog: Pick<Catalog, 'runbooks'>; readonly intake: { readonly read?: unknown } },
): string | undefined => {
  // Without a symptom the runbook follows from the two ends.
  if (symptom === 'unknown' || symptom in catalog.runbooks) return undefined;
  if (symptom === 'error-message') return intake.read ? undefined : 'ui.off.no-matching';
  return 'ui.off.no-runbook';
};

const symptomOf = (name: string) =>
  Math.max(0, (symptoms as readonly string[]).indexOf(name === '' ? 'service-unreachable' : name));

/** The row that a draft starts at. */
export const symptomRowOf = ({
  symptom,
  error = '',
}: {
  readonly symptom: string;
  readonly error?: string | undefined;
}) => symptomOf(error === '' ? symptom : 'error-message');
