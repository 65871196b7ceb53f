import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const looms = (port: number) => deployment('weavery', web('looms', port, { replicas: 1 }));

export const fault: Fault = {
  story: 'The pasted error spoke of a name and of a gateway at once, and neither was it: the port had moved.',
  namespace: 'weavery',
  flow: { from: 'pod/weavery/dyer', to: 'svc/weavery/looms' },
  objects: [
    looms(8291),
    service('weavery', 'looms', { selector: { app: 'looms' }, ports: [{ port: 80, targetPort: 8291 }] }),
    client('weavery', { name: 'dyer' }),
  ],
  inject: [{ apply: [looms(8292)] }],
  symptom: { at: { pod: 'dyer' }, request: http('looms', 80), fails: 'always' },
  runs: [
    {
      ...finds(['SVC-03'], { never: ['DNS-04', 'ING-02', 'SVC-01'] }),
      flags: ['--error', 'getaddrinfo ENOTFOUND looms; then 502 Bad Gateway'],
    },
    {
      ...finds(['SVC-03'], { never: ['SVC-01'] }),
      flags: ['--error', 'dial tcp 10.96.4.7:80: connect: connection refused'],
    },
  ],
};
