import { readAddress } from '../address/address.js';
import { partiesOf } from '../inventory/endpoint.js';
import type { Inventory } from '../inventory/inventory.js';
import type { Service } from '../inventory/service.js';
import type { Loaded } from '../load.js';
import { reason } from '../model/match.js';
import { endpointsAt } from './endpoints-at.js';
import { type Door, doorAt, numberIn, serviceNamed, serviceTargets } from './service-targets.js';
import { type Asked, NoSuchEnd, type Targets } from './targets.js';
import type { PolicyEnd } from './written-end.js';

const serviceAtAddress = (text: string, { services }: Inventory): Service | undefined => {
  const wanted = readAddress(text);
  if (!wanted) return undefined;
  return services.find(({ addresses }) =>
    addresses.some(({ family, value }) => family === wanted.family && value === wanted.value),
  );
};

/** The Service that an end is, or leads to. */
const doorOf = (end: PolicyEnd, asked: Asked, inventory: Inventory): Door | undefined => {
  if (end.kind === 'node') return doorAt(inventory, asked);
  const service =
    end.kind === 'service'
      ? serviceNamed(inventory, end)
      : end.kind === 'ip'
        ? serviceAtAddress(end.address, inventory)
        : undefined;
  return service && { service, asked };
};

const nothingFor = (code: string): Targets => ({
  targets: [],
  doubts: [reason(code)],
  remarks: [],
  hidesSource: false,
});

/** Where the connection ends up, after the rewriting of a Service. */
export const destinationsAt = (end: PolicyEnd, asked: Asked, { inventory, model }: Loaded): Targets => {
  if (end.kind === 'ingress') return nothingFor('ingress-not-judged');
  const door = doorOf(end, asked, inventory);
  if (door) return serviceTargets(door.service, door.asked, inventory);
  if (end.kind === 'service') return nothingFor('no-endpoints');
  const { parties, endpoints, doubts } = endpointsAt(end, { inventory, model });
  const { port, protocol } = asked;
  if (port === undefined) throw new NoSuchEnd('A port is missing: write --port, or put it behind the destination.');
  if (typeof port === 'number')
    return { targets: parties.map((each) => ({ parties: each, port })), doubts, remarks: [], hidesSource: false };
  const targets = endpoints.flatMap((endpoint) => {
    const number = endpoint.finished ? undefined : numberIn(endpoint, port, protocol);
    return number === undefined ? [] : [{ parties: partiesOf(endpoint), port: number }];
  });
  if (targets.length === 0 && doubts.length === 0)
    throw new NoSuchEnd(`Nothing there has a port named "${port}" for ${protocol}.`);
  return { targets, doubts, remarks: [], hidesSource: false };
};
