import type { Fault } from '../scenario/fault.ts';
import { behindGateway, findsNotTaken, gateway, httpRoute, throughGateway } from '../scenario/gateways.ts';

const behind = behindGateway('gangplank', 'pier', 8471);
const listening = (hostname: string) => gateway('gangplank', { listener: { hostname } });

export const fault: Fault = {
  story: 'The listener was given the new domain. The routes still carry names of the old one, and nothing takes them.',
  ...behind,
  on: ['gateway'],
  objects: [
    ...behind.objects,
    listening('*.gangplank.example'),
    httpRoute('gangplank', { host: 'pier.gangplank.example', to: { name: 'pier' } }),
  ],
  inject: [{ apply: [listening('*.port.example')] }],
  symptom: { at: { net: 'ext' }, request: throughGateway('http://pier.gangplank.example/'), fails: 'always' },
  runs: [findsNotTaken({ certainty: ['certain'], names: /NoMatchingListenerHostname|pier\.gangplank\.example/ })],
};
