import { TOOLS } from '../build/images.ts';
import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const narrow = {
  initContainers: [
    {
      name: 'narrow',
      image: TOOLS,
      imagePullPolicy: 'Never',
      command: ['ip', 'link', 'set', 'dev', 'eth0', 'mtu', '1280'],
      securityContext: { capabilities: { add: ['NET_ADMIN'] } },
    },
  ],
};

export const fault: Fault = {
  story: 'The client was given an MTU of 1280 for a VPN that is long gone. TCP negotiates, nothing is lost.',
  namespace: 'branch',
  flow: { from: 'pod/branch/till', to: 'svc/branch/prices:8888' },
  objects: [
    deployment('branch', web('prices', 8888)),
    service('branch', 'prices', { selector: { app: 'prices' }, ports: [{ port: 8888 }] }),
    client('branch', { name: 'till', pod: narrow }),
  ],
  inject: [],
  symptom: { at: { pod: 'till' }, request: http('prices', 8888), fails: 'never' },
  runs: [staysFree],
};
