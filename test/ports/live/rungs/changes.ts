import type { JsonObject } from '../../../../src/domain/json.js';
import type { Asked } from '../imitation/pods.js';

export const service = (name: string, spec: object) => ({ metadata: { namespace: 'shop', name }, spec });

export const publishing = (selector: object) => service('all-web', { selector, publishNotReadyAddresses: true });

export const created = (changes: readonly Asked[]) =>
  changes.find(({ method }) => method === 'POST')?.body as JsonObject;

export const deleted = (changes: readonly Asked[]) => changes.filter(({ method }) => method === 'DELETE');
