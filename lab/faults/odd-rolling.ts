import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, deployment, service } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

// Process 1 ignores TERM unless it asks for it, and busybox httpd does not: the pods keep on serving while they end.
const command = ['sh', '-c', 'mkdir /tmp/www; hostname >/tmp/www/index.html; exec httpd -f -p 8085 -h /tmp/www'];

export const fault: Fault = {
  story: 'One replica is being replaced and takes its time to end; the others carry on.',
  namespace: 'media',
  flow: { from: 'pod/media/player', to: 'svc/media/stream:80' },
  objects: [
    deployment('media', {
      app: 'stream',
      replicas: 3,
      command,
      ports: [{ containerPort: 8085, name: 'http' }],
      readinessProbe: { tcpSocket: { port: 8085 }, periodSeconds: 1 },
      // Longer than anybody looks at it, and shorter than the next fault waits for the namespace to be gone.
      pod: { terminationGracePeriodSeconds: 45 },
    }),
    service('media', 'stream', { selector: { app: 'stream' }, ports: [{ port: 80, targetPort: 'http' }] }),
    client('media', { name: 'player' }),
  ],
  inject: [{ removeOne: 'app=stream' }],
  symptom: { at: { pod: 'player' }, request: http('stream', 80), fails: 'never' },
  runs: [staysFree],
};
