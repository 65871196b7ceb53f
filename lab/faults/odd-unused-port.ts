import { BUSYBOX } from '../build/images.ts';
import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const { readinessProbe: _, ...server } = web('menu', 8120);

export const fault: Fault = {
  story: 'Two ports are declared, one is for an exporter that was never started. The shop itself answers.',
  namespace: 'tavern',
  flow: { from: 'pod/tavern/guest', to: 'svc/tavern/menu:80' },
  objects: [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'menu', namespace: 'tavern', labels: { app: 'menu' } },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'menu' } },
        template: {
          metadata: { labels: { app: 'menu' } },
          spec: {
            terminationGracePeriodSeconds: 1,
            containers: [
              { name: 'menu', image: BUSYBOX, imagePullPolicy: 'Never', command: server.command, ports: server.ports },
            ],
          },
        },
      },
    },
    service('tavern', 'menu', {
      selector: { app: 'menu' },
      ports: [
        { name: 'http', port: 80, targetPort: 8120 },
        { name: 'metrics', port: 9100, targetPort: 9100 },
      ],
    }),
    client('tavern', { name: 'guest' }),
  ],
  inject: [],
  symptom: { at: { pod: 'guest' }, request: http('menu', 80), fails: 'never' },
  runs: [staysFree],
};
