import { DISTROLESS } from '../build/images.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const tickets = (app: string) =>
  service('kiosk', 'tickets', { selector: { app }, ports: [{ port: 80, targetPort: 8080 }] });

export const fault: Fault = {
  story: 'The wrong selector again, but the caller is an image without a shell: nothing can be tried from it.',
  namespace: 'kiosk',
  flow: { from: 'pod/kiosk/terminal', to: 'svc/kiosk/tickets' },
  objects: [
    deployment('kiosk', web('tickets', 8080)),
    tickets('tickets'),
    client('kiosk', { name: 'terminal', image: DISTROLESS, command: ['/serve'] }),
    client('kiosk', { name: 'neighbour' }),
  ],
  inject: [{ apply: [tickets('ticketing')] }],
  symptom: { at: { pod: 'neighbour' }, request: http('tickets', 80), fails: 'always' },
  runs: [finds(['SVC-01'], { never: ['SVC-02', 'POD-03'] })],
};
