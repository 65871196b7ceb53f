import type { ApiUnavailable } from '../../../src/ports/live/api-unavailable.js';

export const version = { port: 'kube', verb: 'version' } as const;

export const pods = { port: 'kube', verb: 'list', kind: 'pods', namespace: 'shop' } as const;

export const refused = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as ApiUnavailable,
  );
