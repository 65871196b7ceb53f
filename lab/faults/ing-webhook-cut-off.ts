import { NETWORK } from '../cluster/plan.ts';
import { behindDoor } from '../scenario/doors.ts';
import { type Fault, finds } from '../scenario/fault.ts';

// On the node that lends the API server its way to Services.
const DROP = ['FORWARD', '-s', NETWORK.apiServer, '-p', 'tcp', '--dport', '8443', '-j', 'DROP'];
const CREATE = ['create', 'ingress', 'late', '--class=nginx', '--rule=late.bureau.example/*=clerk:80'];

export const fault: Fault = {
  story:
    'The new firewall lets the control plane reach kubelets only. Nobody can write an Ingress any more, since the webhook that checks it never answers.',
  ...behindDoor({ namespace: 'bureau', app: 'clerk', listens: 8313 }),
  flow: { from: 'control-plane', to: 'svc/ingress-nginx/ingress-nginx-controller-admission' },
  on: ['doors'],
  disturbs: 'cluster',
  inject: [{ at: { node: 'node-a' }, run: ['iptables', '-w', '-I', ...DROP] }],
  heal: [{ at: { node: 'node-a' }, run: ['iptables', '-w', '-D', ...DROP] }],
  symptom: {
    at: { net: 'bastion' },
    request: ({ kubectl }) => kubectl(['-n', 'bureau', '--request-timeout=3s', ...CREATE, '--dry-run=server']),
    fails: 'always',
  },
  witness: 'NETFILTER_DROP',
  proof: 'nodes',
  // A rule that stops packets, and no packet of ours: only the API server calls webhooks.
  runs: [finds(['ING-09'], { certainty: ['probable'], never: ['ING-10', 'KP-08'] })],
};
