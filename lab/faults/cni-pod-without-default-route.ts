import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { bridgeOf } from '../scenario/pod-port.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'A VPN container in the pod took the default route along when it ended. Neighbours on the node are reached, nobody else.',
  ...across({ namespace: 'cottage', server: 'farm', listens: 8315, client: 'lodge', from: 'node-c' }),
  disturbs: 'cluster',
  inject: [{ at: { netOf: 'lodge' }, run: ['ip', 'route', 'del', 'default'] }],
  heal: [
    {
      at: { netOf: 'lodge' },
      run: (facts) => ['ip', 'route', 'add', 'default', 'via', bridgeOf(facts.podIp('lodge'))],
    },
  ],
  symptom: { at: { netOf: 'lodge' }, request: (facts) => http(facts.serviceIp('farm'), 80), fails: 'always' },
  proof: 'nodes',
  runs: [
    finds(['NODE-03', 'CNI-14'], {
      beside: ['NODE-03', 'CNI-14', 'CNI-21'],
      never: ['SVC-01', 'SVC-03', 'POD-03'],
    }),
  ],
};
