import { partiesOf } from '../inventory/endpoint.js';
import type { Loaded } from '../load.js';
import { reason } from '../model/match.js';
import { endpointsAt } from './endpoints-at.js';
import { podsBehind, serviceNamed } from './service-targets.js';
import type { Sources } from './targets.js';
import type { PolicyEnd } from './written-end.js';

/** Who may open the connection. */
export const sourcesAt = (end: PolicyEnd, { inventory, model }: Loaded): Sources => {
  if (end.kind === 'service') {
    const pods = podsBehind(serviceNamed(inventory, end), inventory);
    const doubts = pods.length > 0 ? [] : [reason('no-endpoints', { service: `${end.namespace}/${end.name}` })];
    return { parties: pods.map(partiesOf), doubts, remarks: [] };
  }
  if (end.kind === 'ingress') return { parties: [], doubts: [reason('ingress-not-judged')], remarks: [] };
  const { parties, doubts } = endpointsAt(end, { inventory, model });
  return { parties, doubts, remarks: [] };
};
