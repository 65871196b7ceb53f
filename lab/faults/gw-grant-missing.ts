import type { Fault } from '../scenario/fault.ts';
import { behindGateway, findsNotTaken, gateway, httpRoute, throughGateway } from '../scenario/gateways.ts';
import { namespace } from '../scenario/manifest.ts';

const HOST = 'clerk.tariff.example';
const behind = behindGateway('tariff', 'clerk', 8476);
const own = [gateway('tariff'), httpRoute('tariff', { host: HOST, to: { name: 'clerk' } })];
const moved = [
  gateway('tariff-gates'),
  httpRoute('tariff-gates', { host: HOST, to: { name: 'clerk', namespace: 'tariff' } }),
];

export const fault: Fault = {
  story: 'Gateway and route moved to a namespace of the platform. Nobody granted it the Service, which stayed behind.',
  ...behind,
  on: ['gateway'],
  objects: [...behind.objects, ...own],
  inject: [
    { apply: [namespace('tariff-gates')] },
    { apply: moved },
    { remove: 'httproutes.gateway.networking.k8s.io to-clerk' },
    { remove: 'gateways.gateway.networking.k8s.io front' },
  ],
  heal: [{ apply: own }, { kubectl: ['delete', 'namespace', 'tariff-gates', '--wait=false'] }],
  symptom: { at: { net: 'ext' }, request: throughGateway(`http://${HOST}/`), fails: 'always' },
  runs: [findsNotTaken({ certainty: ['certain'] })],
};
