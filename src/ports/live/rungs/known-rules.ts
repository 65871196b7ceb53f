import { CannotLook } from '../../../domain/cannot-look.js';
import type { Rules } from '../../../domain/ports.js';
import type { RulesOf } from './rights.js';

const unknown: Rules = { rules: [], incomplete: true };

/** The own rights of each namespace: read once, or learned where somebody reads them anyway. */
export const createKnownRules = (read: RulesOf) => {
  const known = new Map<string, Promise<Rules>>();
  const learn = (namespace: string, reading: Promise<Rules>) => {
    known.set(namespace, reading);
    reading.catch(() => known.delete(namespace));
    return reading;
  };
  // Who may not even ask is told by the request itself.
  const of: RulesOf = (namespace) =>
    (known.get(namespace) ?? learn(namespace, read(namespace))).catch((error: unknown) => {
      if (error instanceof CannotLook) return unknown;
      throw error;
    });
  return { learn, of };
};
