import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const still = (signal: string) => ({ inPods: 'app=ticker', run: ['sh', '-c', `kill -${signal} $(pidof serve)`] });

export const fault: Fault = {
  story: 'The process hangs. The kernel still opens every connection for it, and no answer ever comes.',
  namespace: 'newsroom',
  flow: { from: 'pod/newsroom/editor', to: 'svc/newsroom/ticker' },
  objects: [
    deployment('newsroom', { app: 'ticker', command: ['sh', '-c', 'serve :8157 & wait'], replicas: 1 }),
    service('newsroom', 'ticker', {
      selector: { app: 'ticker' },
      ports: [{ name: 'http', port: 80, targetPort: 8157 }],
    }),
    client('newsroom', { name: 'editor' }),
  ],
  inject: [still('STOP')],
  heal: [still('CONT')],
  symptom: { at: { pod: 'editor' }, request: http('ticker', 80), fails: 'always' },
  runs: [finds(['POD-06', 'POD-05'], { never: ['SVC-01', 'SVC-03', 'POD-03', 'NP-01'] })],
};
