import { across } from '../scenario/across.ts';
import { type Fault, staysFree } from '../scenario/fault.ts';
import type { Manifest } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const setting = across({ namespace: 'mint', server: 'press', listens: 8338, client: 'engraver' });
const policy = (name: string, spec: object): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'mint' },
  spec,
});
const engraver = { podSelector: { matchLabels: { app: 'engraver' } } };
const press = { podSelector: { matchLabels: { app: 'press' } } };
const dns = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
  podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
};

export const fault: Fault = {
  story: 'Everything is denied, and all that is needed is allowed: in, out, and names.',
  ...setting,
  on: ['doors', 'nft'],
  objects: [
    ...setting.objects,
    policy('deny-all', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
    policy('names', {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [{ to: [dns], ports: ['UDP', 'TCP'].map((protocol) => ({ protocol, port: 53 })) }],
    }),
    policy('out', { ...engraver, policyTypes: ['Egress'], egress: [{ to: [press], ports: [{ port: 8338 }] }] }),
    policy('in', { ...press, ingress: [{ from: [engraver], ports: [{ port: 'http' }] }] }),
  ],
  inject: [],
  symptom: { at: { pod: 'engraver' }, request: http('press', 80, { seconds: 1 }), fails: 'never' },
  runs: [staysFree],
};
