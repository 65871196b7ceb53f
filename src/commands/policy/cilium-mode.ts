import type { Enforcement } from '../../policy/cilium/enforcement.js';
import type { PolicyOptions } from './options.js';

/** What `--cilium-policy` says. */
export const modeOfFlag = ({ ciliumPolicy }: Pick<PolicyOptions, 'ciliumPolicy'>): Enforcement | undefined =>
  ciliumPolicy && {
    ...{ kind: '--cilium-policy', namespace: '', name: ciliumPolicy },
    ...{ mode: ciliumPolicy, place: { source: '--cilium-policy', document: 0, path: [] } },
  };
