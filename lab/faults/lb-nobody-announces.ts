import { across } from '../scenario/across.ts';
import { findsAs, fromOutside } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { service } from '../scenario/manifest.ts';

const setting = across({ namespace: 'prairie', server: 'herder', listens: 8326, client: 'settler' });
const there = ['-n', 'metallb-system'];
const onlyOn = (label: string | null) => ({
  kubectl: [
    ...there,
    'patch',
    'ds/speaker',
    '-p',
    JSON.stringify({ spec: { template: { spec: { nodeSelector: { 'metallb/speaks': label } } } } }),
  ],
});

export const fault: Fault = {
  story:
    'The speakers are to run on nodes with a label now, and no node has it. Addresses are still in every list, but nobody answers ARP for them.',
  ...setting,
  on: ['doors'],
  disturbs: 'cluster',
  objects: [
    ...setting.objects,
    service('prairie', 'herder', {
      type: 'LoadBalancer',
      selector: { app: 'herder' },
      ports: [{ port: 80, targetPort: 8326 }],
    }),
  ],
  inject: [
    onlyOn('yes'),
    { kubectl: [...there, 'wait', '--for=delete', 'pods', '-l', 'component=speaker', '--timeout=60s'] },
    // The router asks again only when its entry is old, and a node that is not asked still takes the packets.
    { at: { net: 'underlay' }, run: ({ balancerIp }) => ['ip', 'neigh', 'flush', 'to', balancerIp('herder')] },
  ],
  heal: [onlyOn(null), { kubectl: [...there, 'rollout', 'status', 'ds/speaker', '--timeout=60s'] }],
  symptom: {
    at: { net: 'ext' },
    request: ({ balancerIp }) => fromOutside(balancerIp('herder'), 80),
    fails: 'always',
  },
  runs: [findsAs('loadbalancer-unreachable', ['LB-05'])],
};
