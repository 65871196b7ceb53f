import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';

const rule = (verb: '-I' | '-D') => ['iptables', verb, 'INPUT', '-p', 'tcp', '--dport', '10250', '-j', 'DROP'];

export const fault: Fault = {
  story: 'The firewall of a node was tightened. The shop runs, but kubectl logs and exec hang for every pod there.',
  ...across({ namespace: 'observatory', server: 'dome', listens: 8800, client: 'astronomer', from: 'node-c' }),
  flow: { from: 'control-plane', to: 'node/node-c:10250' },
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-c' }, run: rule('-I') }],
  heal: [{ at: { node: 'node-c' }, run: rule('-D') }],
  symptom: {
    at: { net: 'bastion' },
    request: (facts) => ['timeout', '3', ...facts.kubectl(['-n', 'observatory', 'exec', 'astronomer', '--', 'true'])],
    fails: 'always',
  },
  witness: 'NETFILTER_DROP',
  runs: [
    finds(['CP-02'], { certainty: ['probable'], beside: [], never: ['NODE-09'] }),
    { ...finds(['CP-02'], { certainty: ['certain'], beside: ['NODE-08'], never: ['NODE-09'] }), level: 'node' },
  ],
};
