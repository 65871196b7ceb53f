import { across } from '../scenario/across.ts';
import { fromOutside, insideIsFine } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { type Manifest, service } from '../scenario/manifest.ts';

const setting = across({ namespace: 'rectory', server: 'curate', listens: 8327, client: 'parishioner' });
const ADDRESS = '10.0.0.218';
const balanced = service('rectory', 'curate', {
  type: 'LoadBalancer',
  selector: { app: 'curate' },
  ports: [{ port: 80, targetPort: 8327 }],
});
const annotations = { 'metallb.io/loadBalancerIPs': ADDRESS };

export const fault: Fault = {
  story:
    'A machine on the same network was given an address out of the pool of the load balancer. The router believes whoever spoke last.',
  ...setting,
  on: ['doors'],
  // Announcements of other balancers get in between.
  disturbs: 'cluster',
  objects: [
    ...setting.objects,
    { ...balanced, metadata: { ...balanced.metadata, annotations } as Manifest['metadata'] },
  ],
  inject: [
    { at: { net: 'bastion' }, run: ['ip', 'address', 'add', `${ADDRESS}/32`, 'dev', 'eth0'] },
    // Not once: a speaker that has just taken an address says so for five seconds.
    { at: { net: 'bastion' }, keep: ['arping', '-q', '-U', '-I', 'eth0', ADDRESS] },
  ],
  heal: [{ at: { net: 'bastion' }, run: ['ip', 'address', 'del', `${ADDRESS}/32`, 'dev', 'eth0'] }],
  symptom: { at: { net: 'ext' }, request: fromOutside(ADDRESS, 80), fails: 'always' },
  witness: 'NO_SOCKET',
  open: 'doors',
  runs: [insideIsFine],
};
