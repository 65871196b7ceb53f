import type { Fault } from '../scenario/fault.ts';
import { behindGateway, findsNotTaken, gateway, httpRoute, throughGateway } from '../scenario/gateways.ts';

const behind = behindGateway('boatslip', 'crane', 8473);

export const fault: Fault = {
  story: 'The route names the listener that it wants, "web". That listener is called "http" since yesterday.',
  ...behind,
  on: ['gateway'],
  objects: [
    ...behind.objects,
    gateway('boatslip'),
    httpRoute('boatslip', { host: 'crane.boatslip.example', to: { name: 'crane' }, section: 'web' }),
  ],
  inject: [{ apply: [gateway('boatslip', { listener: { name: 'http' } })] }],
  symptom: { at: { net: 'ext' }, request: throughGateway('http://crane.boatslip.example/'), fails: 'always' },
  runs: [findsNotTaken({ certainty: ['certain'] })],
};
