import { type Fault, finds } from '../scenario/fault.ts';
import { client, service } from '../scenario/manifest.ts';
import { replaced } from '../scenario/replaced.ts';
import { http } from '../scenario/requests.ts';

const quote = (command: readonly string[]) =>
  client('stockmarket', { name: 'quotes', command, pod: { restartPolicy: 'Never' } });

export const fault: Fault = {
  story:
    'A pod without a controller served the quotes for months. It ended, as it was told to, and nothing brings it back.',
  namespace: 'stockmarket',
  flow: { from: 'pod/stockmarket/trader', to: 'svc/stockmarket/quotes' },
  objects: [
    quote(['serve', ':8153']),
    service('stockmarket', 'quotes', { selector: { app: 'quotes' }, ports: [{ port: 80, targetPort: 8153 }] }),
    client('stockmarket', { name: 'trader' }),
  ],
  inject: [{ recreate: [quote(['true'])] }, { wait: { get: ['pod', 'quotes'], shows: /Completed/ } }],
  heal: replaced(quote(['serve', ':8153'])),
  symptom: { at: { pod: 'trader' }, request: http('quotes', 80), fails: 'always' },
  runs: [finds(['POD-01'], { beside: ['SVC-02'], never: ['SVC-03', 'POD-03'] })],
};
