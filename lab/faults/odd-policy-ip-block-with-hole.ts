import { across } from '../scenario/across.ts';
import { type Fault, staysFree } from '../scenario/fault.ts';
import type { Manifest } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const setting = across({ namespace: 'dockyard', server: 'crane', listens: 8339, client: 'rigger' });
const policy: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'by-address', namespace: 'dockyard' },
  spec: {
    podSelector: { matchLabels: { app: 'crane' } },
    // Two blocks may overlap: what one leaves out, the other may bring back.
    ingress: [
      { from: [{ ipBlock: { cidr: '10.244.0.0/16', except: ['10.244.0.0/17'] } }] },
      { from: [{ ipBlock: { cidr: '10.244.0.0/16', except: ['10.244.128.0/17'] } }], ports: [{ port: 8339 }] },
    ],
  },
};

export const fault: Fault = {
  story: 'A policy allows pods by their addresses, with a hole that another rule fills. It looks closed and is not.',
  ...setting,
  on: ['doors', 'nft'],
  objects: [...setting.objects, policy],
  inject: [],
  symptom: { at: { pod: 'rigger' }, request: http('crane', 80, { seconds: 1 }), fails: 'never' },
  runs: [staysFree],
};
