import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

// In the bridge of the underlay, so no node can see the rule, as with a security group.
const DROP = 'table bridge cloud { chain forward { type filter hook forward priority 0; udp dport 8472 drop; }; }';

export const fault: Fault = {
  story:
    'Somebody tidied the security group: UDP 8472 between nodes is gone. Nodes reach each other, pods of different nodes do not.',
  namespace: 'depot',
  flow: { from: 'pod/depot/till', to: 'svc/depot/stock' },
  disturbs: 'cluster',
  objects: [
    deployment(
      'depot',
      web('stock', 8081, { replicas: 1, pod: { nodeSelector: { 'kubernetes.io/hostname': 'node-c' } } }),
    ),
    service('depot', 'stock', { selector: { app: 'stock' }, ports: [{ port: 80, targetPort: 8081 }] }),
    client('depot', { name: 'till', node: 'node-b' }),
  ],
  inject: [{ at: { net: 'underlay' }, run: ['nft', DROP] }],
  heal: [{ at: { net: 'underlay' }, run: ['nft', 'delete', 'table', 'bridge', 'cloud'] }],
  symptom: { at: { pod: 'till' }, request: http('stock', 80), fails: 'always' },
  witness: 'NETFILTER_DROP',
  open: 'cni',
  runs: [finds(['CNI-11'])],
};
