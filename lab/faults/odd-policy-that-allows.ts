import { across } from '../scenario/across.ts';
import { type Fault, staysFree } from '../scenario/fault.ts';
import type { Manifest } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const policy = (name: string, spec: object): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'library' },
  spec,
});

export const fault: Fault = {
  story: 'Everything is denied and enforced, and one narrow policy by a named port lets exactly this caller in.',
  ...across({ namespace: 'library', server: 'shelf', listens: 8137, client: 'reader' }),
  on: ['doors'],
  inject: [
    {
      apply: [
        policy('deny', { podSelector: { matchLabels: { app: 'shelf' } }, policyTypes: ['Ingress'] }),
        policy('allow', {
          podSelector: { matchLabels: { app: 'shelf' } },
          ingress: [{ from: [{ podSelector: { matchLabels: { app: 'reader' } } }], ports: [{ port: 'http' }] }],
        }),
      ],
    },
  ],
  symptom: { at: { pod: 'reader' }, request: http('shelf', 80), fails: 'never' },
  runs: [staysFree],
};
