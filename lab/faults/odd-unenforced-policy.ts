import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story: 'A policy denies everything, and no part of this cluster enforces policies: the traffic flows.',
  namespace: 'vault',
  flow: { from: 'pod/vault/signer', to: 'svc/vault/keys:8200' },
  objects: [
    deployment('vault', web('keys', 8200)),
    service('vault', 'keys', { selector: { app: 'keys' }, ports: [{ port: 8200 }] }),
    client('vault', { name: 'signer' }),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'deny-all', namespace: 'vault' },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    },
  ],
  inject: [],
  symptom: { at: { pod: 'signer' }, request: http('keys', 8200), fails: 'never' },
  runs: [staysFree],
};
