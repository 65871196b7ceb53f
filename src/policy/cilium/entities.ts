import { covers, rangeOf } from '../address/range.js';
import type { Inventory } from '../inventory/inventory.js';
import { doubt, type Match } from '../model/match.js';
import { isOnHost, isPod, type Party } from '../model/party.js';

export const entityWords = [
  'all',
  'world',
  'world-ipv4',
  'world-ipv6',
  'cluster',
  'host',
  'remote-node',
  'kube-apiserver',
  'init',
  'health',
  'ingress',
  'unmanaged',
  'none',
] as const;
export type EntityWord = (typeof entityWords)[number];

const isWorld = ({ kind }: Party) => kind === 'outside';

/** Where the API server listens is told by the endpoints of its Service, if by anybody. */
const isApiServer = (party: Party, { backends }: Inventory): Match => {
  if (isPod(party)) return false;
  const addresses = (backends.get('default/kubernetes') ?? []).flatMap(({ address }) => address ?? []);
  const { address } = party;
  if (addresses.length === 0 || !address) return doubt('api-server-unknown', { end: party.name });
  return addresses.some((one) => covers(rangeOf(one), address));
};

/**
 * Which ends an entity stands for. `host` is the own node alone, whose traffic is nobody's to judge; a node that is
 * asked about here is another one. Pods are taken as ready and managed.
 */
export const isEntity = (word: EntityWord, party: Party, inventory: Inventory): Match => {
  const tests: Partial<Record<EntityWord, () => Match>> = {
    all: () => true,
    world: () => isWorld(party),
    'world-ipv4': () => isWorld(party) && party.address?.family === 4,
    'world-ipv6': () => isWorld(party) && party.address?.family === 6,
    cluster: () => isPod(party) || isOnHost(party),
    'remote-node': () => isOnHost(party),
    'kube-apiserver': () => isApiServer(party, inventory),
  };
  return tests[word]?.() ?? false;
};
