import type { Fault } from '../scenario/fault.ts';
import { behindGateway, findsNotTaken, gateway, httpRoute, throughGateway } from '../scenario/gateways.ts';

const behind = behindGateway('causeway', 'booth', 8474);

export const fault: Fault = {
  story: 'The Gateway was copied from another cluster, whose class is called "public". There is none here.',
  ...behind,
  on: ['gateway'],
  objects: [
    ...behind.objects,
    gateway('causeway'),
    httpRoute('causeway', { host: 'booth.causeway.example', to: { name: 'booth' } }),
  ],
  inject: [{ apply: [gateway('causeway', { className: 'public' })] }],
  symptom: { at: { net: 'ext' }, request: throughGateway('http://booth.causeway.example/'), fails: 'always' },
  runs: [findsNotTaken()],
};
