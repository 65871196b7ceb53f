import type { Address } from '../address/address.js';
import type { Party } from '../model/party.js';
import type { Place } from '../read/place.js';

/** Something that opens or takes connections, with all its addresses. */
export interface Endpoint {
  readonly party: Party;
  readonly addresses: readonly Address[];
  /** Pods that have ended keep their object, and have no network any more. */
  readonly finished: boolean;
  /** `Deployment`, `Pod`, `Node`. */
  readonly kind: string;
  /** Name of the object without its namespace. */
  readonly object: string;
  /** The workload that a Pod belongs to, as `Deployment/cart`. */
  readonly owner: string;
  readonly place: Place;
}

/** One party per address; an endpoint whose address nobody knows is one party without. */
export const partiesOf = ({ party, addresses }: Endpoint): Party[] =>
  addresses.length === 0 ? [party] : addresses.map((address) => ({ ...party, address }));
