import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

// The volume outlives the container, so that only the first start of it fails.
const stumble = 'if mkdir /state/started; then sleep 1; exit 3; fi; exec sleep 100000';

export const fault: Fault = {
  story:
    'The sidecar died once, minutes ago, with an error. The restart counter still tells it, and all has been well since.',
  namespace: 'conservatory',
  flow: { from: 'pod/conservatory/pupil', to: 'svc/conservatory/piano' },
  objects: [
    deployment('conservatory', {
      ...web('piano', 8174, { replicas: 1 }),
      pod: {
        volumes: [{ name: 'state', emptyDir: {} }],
        initContainers: [
          {
            name: 'metronome',
            image: 'lab.local/busybox:1',
            imagePullPolicy: 'IfNotPresent',
            restartPolicy: 'Always',
            command: ['sh', '-c', stumble],
            volumeMounts: [{ name: 'state', mountPath: '/state' }],
          },
        ],
      },
    }),
    service('conservatory', 'piano', { selector: { app: 'piano' }, ports: [{ port: 80, targetPort: 8174 }] }),
    client('conservatory', { name: 'pupil' }),
  ],
  inject: [{ wait: { get: ['pods', '-l', 'app=piano'], shows: /2\/2\s+Running\s+1/ } }],
  symptom: { at: { pod: 'pupil' }, request: http('piano', 80), fails: 'never' },
  runs: [staysFree],
};
