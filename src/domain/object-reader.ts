import type { Kind } from './kinds.js';
import type { KubePort } from './ports.js';

/** The part of the API that functions shared by several steps may use; every port that reads these kinds fits. */
export type ObjectReader<R extends Kind> = Pick<KubePort<R>, 'get' | 'list'>;
