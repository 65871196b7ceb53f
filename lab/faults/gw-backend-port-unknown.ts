import type { Fault } from '../scenario/fault.ts';
import { behindGateway, findsNotTaken, gateway, httpRoute, throughGateway } from '../scenario/gateways.ts';

const behind = behindGateway('carillon', 'bell', 8479);
const route = (port: number) => httpRoute('carillon', { host: 'bell.carillon.example', to: { name: 'bell', port } });

export const fault: Fault = {
  story: 'The route names the port of the container, 8479. The Service has only port 80.',
  ...behind,
  on: ['gateway'],
  objects: [...behind.objects, gateway('carillon'), route(80)],
  inject: [{ apply: [route(8479)] }],
  symptom: { at: { net: 'ext' }, request: throughGateway('http://bell.carillon.example/'), fails: 'always' },
  runs: [findsNotTaken()],
};
