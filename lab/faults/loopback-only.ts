import { type Fault, finds } from '../scenario/fault.ts';
import { client, deployment, service } from '../scenario/manifest.ts';
import { http } from '../scenario/requests.ts';

const stock = (address: string) =>
  deployment('inventory', {
    app: 'stock',
    command: ['serve', address],
    ports: [{ containerPort: 8081, name: 'http' }],
  });

export const fault: Fault = {
  story: 'The default of the new framework is to listen on localhost; on the laptop nobody noticed.',
  namespace: 'inventory',
  flow: { from: 'pod/inventory/warehouse', to: 'svc/inventory/stock' },
  objects: [
    stock(':8081'),
    service('inventory', 'stock', { selector: { app: 'stock' }, ports: [{ port: 80, targetPort: 'http' }] }),
    client('inventory', { name: 'warehouse' }),
  ],
  inject: [{ apply: [stock('127.0.0.1:8081')] }],
  symptom: { at: { pod: 'warehouse' }, request: http('stock', 80), fails: 'always' },
  runs: [
    finds(['POD-03'], { never: ['SVC-01', 'SVC-02', 'DNS-22'] }),
    // No object shows where a process listens: without exec there is nothing to accuse anybody with.
    { as: 'viewer', expect: { exit: 5, result: 'inconclusive', names: /pods\/exec/ } },
    { level: 'observe', expect: { exit: 5, result: 'inconclusive' } },
  ],
};
