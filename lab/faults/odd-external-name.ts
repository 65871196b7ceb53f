import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, service } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story: 'A Service that is only another name for a host outside. No selector, no slice, no address, and all is well.',
  namespace: 'embassy',
  flow: { from: 'pod/embassy/attache', to: 'svc/embassy/press:80' },
  objects: [
    service('embassy', 'press', { type: 'ExternalName', externalName: 'www.example.com' }),
    client('embassy', { name: 'attache' }),
  ],
  inject: [],
  symptom: { at: { pod: 'attache' }, request: http('press', 80), fails: 'never' },
  runs: [staysFree],
};
