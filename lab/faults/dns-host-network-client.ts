import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { replaced } from '../scenario/replaced.ts';
import { http } from '../scenario/requests.ts';

const pilot = (pod: object) => client('balloon', { name: 'pilot', pod });

export const fault: Fault = {
  story: 'The agent moved to the host network. Its DNS policy stayed ClusterFirst, which means something else there.',
  namespace: 'balloon',
  flow: { from: 'pod/balloon/pilot', to: 'svc/balloon/burner' },
  objects: [
    deployment('balloon', web('burner', 8186, { replicas: 1 })),
    service('balloon', 'burner', { selector: { app: 'burner' }, ports: [{ port: 80, targetPort: 8186 }] }),
    pilot({}),
  ],
  inject: replaced(pilot({ hostNetwork: true })),
  heal: replaced(pilot({})),
  symptom: { at: { pod: 'pilot' }, request: http('burner.balloon.svc.cluster.local', 80), fails: 'always' },
  runs: [finds(['DNS-10'], { never: ['SVC-01', 'DNS-01', 'DNS-22', 'DNS-03'] })],
};
