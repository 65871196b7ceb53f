import { TOOLS } from '../build/images.ts';
import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { query } from '../scenario/requests.ts';

const ports = (op: 'add' | 'remove') => {
  const value = { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 };
  const patch = [{ op, path: '/spec/ports/0', ...(op === 'add' ? { value } : {}) }];
  return { kubectl: ['-n', 'kube-system', 'patch', 'service', 'kube-dns', '--type=json', '-p', JSON.stringify(patch)] };
};

export const fault: Fault = {
  story: 'Two ports of the same number looked like a mistake. Somebody tidied up, and the one for UDP went.',
  ...across({ namespace: 'quayside', server: 'crane', listens: 8146, client: 'docker', image: TOOLS }),
  disturbs: 'cluster',
  inject: [ports('remove')],
  heal: [ports('add')],
  symptom: { at: { pod: 'docker' }, request: query('crane.quayside.svc.cluster.local', '10.96.0.10'), fails: 'always' },
  runs: [finds(['DNS-03'], { never: ['DNS-01', 'DNS-22', 'POD-03', 'DNS-16'] })],
};
