import { NETWORK } from '../cluster/plan.ts';
import type { Change } from './change.ts';
import type { Manifest } from './manifest.ts';
import { onRouter } from './on-router.ts';

/** Address of a server of somebody else, far from every network of the lab. */
export const PARTNER = '192.0.2.33';

/** The web server outside takes its requests. */
export const partnerAnswers: Change[] = [
  onRouter(`
table ip partner {
  chain there {
    type nat hook prerouting priority dstnat
    ip daddr ${PARTNER} dnat to ${NETWORK.outside}
  }
}`),
];

export const secondRange: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'ServiceCIDR',
  metadata: { name: 'more-services' },
  spec: { cidrs: ['192.0.2.0/26'] },
};
