import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const sorter = (more: object) => deployment('postoffice', web('sorter', 8152, { replicas: 1, ...more }));

export const fault: Fault = {
  story: 'The new version holds the whole day in memory; its limit was made for the old one.',
  namespace: 'postoffice',
  flow: { from: 'pod/postoffice/counter', to: 'svc/postoffice/sorter' },
  objects: [
    sorter({}),
    service('postoffice', 'sorter', { selector: { app: 'sorter' }, ports: [{ port: 80, targetPort: 8152 }] }),
    client('postoffice', { name: 'counter' }),
  ],
  inject: [{ apply: [sorter({ command: ['tail', '/dev/zero'], resources: { limits: { memory: '24Mi' } } })] }],
  until: { get: ['pods', '-l', 'app=sorter'], shows: /OOMKilled|CrashLoopBackOff/ },
  symptom: { at: { pod: 'counter' }, request: http('sorter', 80), fails: 'always' },
  runs: [finds(['POD-01'], { names: /OOMKilled/, never: ['SVC-01', 'SVC-03', 'POD-03'] })],
};
