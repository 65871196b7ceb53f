import { across } from '../scenario/across.ts';
import { findsAs, fromOutside } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { service } from '../scenario/manifest.ts';

const setting = across({ namespace: 'lido', server: 'lifeguard', listens: 8323, client: 'bather' });
const open = (range: string) =>
  service('lido', 'lifeguard', {
    type: 'LoadBalancer',
    loadBalancerSourceRanges: [range],
    selector: { app: 'lifeguard' },
    ports: [{ port: 80, targetPort: 8323 }],
  });

export const fault: Fault = {
  story: 'The branch office got a new address, and the list of addresses that the load balancer lets in was not told.',
  ...setting,
  flow: { from: 'outside/ip/198.51.100.7', to: 'svc/lido/lifeguard' },
  on: ['doors'],
  objects: [...setting.objects, open('198.51.100.0/24')],
  inject: [{ apply: [open('192.0.2.0/24')] }],
  heal: [{ apply: [open('198.51.100.0/24')] }],
  symptom: {
    at: { net: 'ext' },
    request: ({ balancerIp }) => fromOutside(balancerIp('lifeguard'), 80),
    fails: 'always',
  },
  witness: 'NETFILTER_DROP',
  runs: [findsAs('loadbalancer-unreachable', ['SVC-15']), findsAs('outside-cannot-reach', ['SVC-15'])],
};
