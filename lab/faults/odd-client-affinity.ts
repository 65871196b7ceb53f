import { type Fault, staysFree } from '../scenario/fault.ts';
import { client, deployment, service, web } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'Every client sticks to one backend by ClientIP affinity, and a finished job carries the label of the backends.',
  namespace: 'lounge',
  flow: { from: 'pod/lounge/guest', to: 'svc/lounge/chat:6667' },
  objects: [
    deployment('lounge', web('chat', 6600, { replicas: 3 })),
    service('lounge', 'chat', {
      selector: { app: 'chat' },
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } },
      ports: [{ port: 6667, targetPort: 6600 }],
    }),
    client('lounge', { name: 'guest' }),
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'chat-migration', namespace: 'lounge' },
      spec: {
        template: {
          metadata: { labels: { app: 'chat' } },
          spec: {
            restartPolicy: 'Never',
            containers: [
              { name: 'migrate', image: 'lab.local/busybox:1', imagePullPolicy: 'Never', command: ['true'] },
            ],
          },
        },
      },
    },
  ],
  inject: [],
  until: { get: ['pods', '-l', 'job-name=chat-migration'], shows: /Completed/ },
  symptom: { at: { pod: 'guest' }, request: http('chat', 6667), fails: 'never' },
  runs: [staysFree],
};
