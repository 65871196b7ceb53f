import { TOOLS } from '../build/images.ts';
import { across } from '../scenario/across.ts';
import type { Fault } from '../scenario/fault.ts';
import { resolves } from '../scenario/requests.ts';

const rule = (verb: '-A' | '-D') => ({
  at: { netOf: 'crane' },
  run: [
    ...['iptables', '-w', verb, 'INPUT', '-p', 'udp', '--sport', '53'],
    ...['-m', 'statistic', '--mode', 'nth', '--every', '10', '--packet', '4', '-j', 'DROP'],
  ],
});

export const fault: Fault = {
  story:
    'One answer in ten of the name servers never arrives. Every tenth call takes five seconds longer, and addresses always work.',
  ...across({ namespace: 'marsh', server: 'nest', listens: 8735, client: 'crane', image: TOOLS }),
  inject: [rule('-A')],
  heal: [rule('-D')],
  symptom: { at: { pod: 'crane' }, request: resolves('nest.marsh.svc.cluster.local', 3), fails: 'sometimes' },
  witness: 'NETFILTER_DROP',
  runs: [
    {
      // That it is the name is seen; what took the answer, only who looks into the filters of the Pod would know.
      expect: {
        exit: 5,
        result: 'inconclusive',
        beside: ['CT-03', 'DNS-13', 'NP-03'],
        never: ['DNS-22', 'SVC-01', 'POD-06', 'NODE-11', 'SVC-05'],
      },
      flags: ['intermittent', '--record', '30'],
    },
  ],
};
