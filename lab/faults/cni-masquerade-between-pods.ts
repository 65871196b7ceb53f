import { across } from '../scenario/across.ts';
import type { Change } from '../scenario/change.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import type { Manifest } from '../scenario/manifest.ts';
import { subnetOf } from '../scenario/pod-port.ts';
import { http } from '../scenario/requests.ts';

const setting = across({ namespace: 'customs-shed', server: 'weigher', listens: 8388, client: 'porter' });
const policy: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'own-pods', namespace: 'customs-shed' },
  spec: {
    podSelector: { matchLabels: { app: 'weigher' } },
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'porter' } } }] }],
  },
};

// What a container engine writes for its own bridge, given the range of the Pods.
const masquerade = (how: '-I' | '-D'): Change => ({
  at: { node: 'node-a' },
  run: ({ podIp }) => [
    ...['iptables', '-w', '-t', 'nat', how, 'POSTROUTING', '-s', `${subnetOf(podIp('porter'))}/24`],
    ...['!', '-o', 'cni0', '-j', 'MASQUERADE'],
  ],
});

export const fault: Fault = {
  story:
    'Another container engine was set up on a node with the range of its Pods and masquerades whatever leaves its bridge. Servers elsewhere see the node, and a policy that names Pods lets nobody in.',
  ...setting,
  on: ['doors'],
  disturbs: 'cluster',
  objects: [...setting.objects, policy],
  inject: [masquerade('-I')],
  heal: [masquerade('-D')],
  symptom: { at: { pod: 'porter' }, request: http('weigher', 80, { seconds: 1 }), fails: 'always' },
  // The Pods of the lab are so young that without the nodes an agent that is behind is as likely.
  runs: [
    {
      ...finds(['CNI-24', 'NP-08'], {
        ...{ certainty: ['certain'], beside: ['CNI-24', 'NP-08'], never: ['SVC-01', 'SVC-03', 'POD-03', 'NP-04'] },
      }),
      level: 'node',
    },
  ],
};
