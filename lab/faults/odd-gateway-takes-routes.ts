import { staysUnasked } from '../scenario/doors.ts';
import type { Fault } from '../scenario/fault.ts';
import { behindGateway, gateway, httpRoute, throughGateway } from '../scenario/gateways.ts';

const behind = behindGateway('recital', 'piano', 8478);

export const fault: Fault = {
  story:
    'A Gateway for the names of one domain takes a route and carries its requests. Nothing is wrong with any object.',
  ...behind,
  on: ['gateway'],
  objects: [
    ...behind.objects,
    gateway('recital', { listener: { hostname: '*.recital.example' } }),
    httpRoute('recital', { host: 'piano.recital.example', to: { name: 'piano' } }),
  ],
  inject: [],
  symptom: { at: { net: 'ext' }, request: throughGateway('http://piano.recital.example/'), fails: 'never' },
  runs: [{ ...staysUnasked, flags: ['outside-cannot-reach'] }],
};
