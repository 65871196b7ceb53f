import type { Fault } from '../scenario/fault.ts';
import { behindGateway, findsNotTaken, gateway, httpRoute, throughGateway } from '../scenario/gateways.ts';

const behind = behindGateway('malting', 'mill', 8480);
const labelled = { from: 'Selector', selector: { matchLabels: { 'gates.example/open': 'yes' } } };

export const fault: Fault = {
  story: 'From now on the Gateway takes routes of labelled namespaces alone. Nobody had put the label on this one.',
  ...behind,
  on: ['gateway'],
  objects: [
    ...behind.objects,
    gateway('malting'),
    httpRoute('malting', { host: 'mill.malting.example', to: { name: 'mill' } }),
  ],
  inject: [{ apply: [gateway('malting', { listener: { from: labelled } })] }],
  symptom: { at: { net: 'ext' }, request: throughGateway('http://mill.malting.example/'), fails: 'always' },
  runs: [findsNotTaken({ certainty: ['certain'], names: /NotAllowedByListeners|front/ })],
};
