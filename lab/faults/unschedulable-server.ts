import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const easel = (pod: object) => deployment('gallery', web('easel', 8111, { replicas: 1, pod }));

export const fault: Fault = {
  story: 'The Deployment asks for nodes with a disk label that no node carries any more.',
  namespace: 'gallery',
  flow: { from: 'pod/gallery/curator', to: 'svc/gallery/easel:8111' },
  objects: [
    easel({ nodeSelector: null }),
    service('gallery', 'easel', { selector: { app: 'easel' }, ports: [{ port: 8111 }] }),
    client('gallery', { name: 'curator' }),
  ],
  inject: [{ apply: [easel({ nodeSelector: { disk: 'nvme' } })] }],
  symptom: { at: { pod: 'curator' }, request: http('easel', 8111), fails: 'always' },
  runs: [finds(['POD-01'], { beside: ['SVC-02'], never: ['SVC-01', 'POD-03'] })],
};
