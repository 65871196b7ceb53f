import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import type { Manifest } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const policy = (name: string, spec: object): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'anchorhold' },
  spec,
});
const policies = [
  policy('deny-all', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
  policy('names', {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [{ ports: ['UDP', 'TCP'].map((protocol) => ({ protocol, port: 53 })) }],
  }),
  policy('into-scriptorium', {
    podSelector: { matchLabels: { app: 'scriptorium' } },
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'novice' } } }] }],
  }),
];

export const fault: Fault = {
  story:
    'Everything is denied both ways. The server lets the client in, but nobody wrote that the client may go out to the server.',
  ...across({ namespace: 'anchorhold', server: 'scriptorium', listens: 8335, client: 'novice' }),
  on: ['doors'],
  inject: [{ apply: policies }],
  heal: [{ remove: 'networkpolicies --all' }],
  symptom: { at: { pod: 'novice' }, request: http('scriptorium', 80, { seconds: 1 }), fails: 'always' },
  runs: [finds(['NP-02'], { never: ['SVC-01', 'SVC-02', 'NP-03', 'DNS-01'] })],
};
