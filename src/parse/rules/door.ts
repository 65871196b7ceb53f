import { z } from 'zod';
import { type Compared, compare, type Matching, nodeViewSchema, type Place, placeWords } from './compare.js';
import type { VirtualServer } from './ip-vs.js';
import type { Translation } from './translate.js';

/** What one node does with the first packet to a node port or an address from outside. */
export const doorViewSchema = z.strictObject({
  ...nodeViewSchema.shape,
  /** The node port is translated there, though not for this address. */
  leftOut: z.boolean(),
  /** Addresses of the node that take node ports; empty where all do, or none. */
  open: z.array(z.string()),
  /** Of the configuration that kube-proxy runs with. */
  mode: z.string(),
  configured: z.array(z.string()),
  /** A rule that takes the packet away before any translation, and whether kube-proxy wrote it. */
  stopped: z.strictObject({ rule: z.string(), own: z.boolean() }).optional(),
  /** Endpoints that see the client and not the node. */
  plain: z.array(z.string()),
});
export type DoorView = z.infer<typeof doorViewSchema>;

/** A virtual server as the walk through rules would say it: a real server of weight 0 gets no new connection. */
export const translationOf = ({ real, persistent }: VirtualServer): Translation => {
  const sum = real.reduce((all, { weight }) => all + Math.max(0, weight), 0);
  return {
    from: 'ipvs',
    table: 'ip_vs',
    priority: 0,
    endpoints: real
      .filter(({ weight }) => weight > 0)
      .map(({ address, port, weight }) => ({ address, port, share: weight / sum, mark: 0, own: true })),
    untouched: sum > 0 ? 0 : 1,
    affinity: persistent,
    foreign: [],
    perhaps: [],
  };
};

export type DoorOutcome =
  | Exclude<Matching, 'by-ipvs'>
  | 'local-elsewhere'
  | 'source-not-allowed'
  | 'primary-only'
  | 'left-out'
  | 'stopped-before'
  | 'not-masqueraded';

export interface Wanted {
  /** All endpoints that are listed, with the node of each. */
  readonly all: readonly (Place & { readonly node: string })[];
  readonly node: string;
  /** `externalTrafficPolicy: Local` */
  readonly local: boolean;
  readonly chosen: boolean;
  /** The Service names the addresses that may come. */
  readonly ranges: boolean;
}

const words = (places: readonly Place[]) => [...new Set(places.map(placeWords))].toSorted().join(' ');

/** Of a Service with local policy, clients in the cluster may be sent everywhere. */
const placesOf = (view: DoorView, { all, node, local }: Wanted) => {
  const written = view.translations[0]?.endpoints ?? [];
  if (!local || (written.length > 0 && words(written) === words(all))) return all;
  return all.filter((place) => place.node === node);
};

// What it comes to where no rule translates the packet.
const closed = new Set<string>(['not-reached', 'none-as-listed', 'rejects', 'drops', 'not-translated']);

const leftOut = ({ leftOut: out, mode, configured }: DoorView) => {
  if (!out) return undefined;
  // Without a word of the operator the nftables mode writes the primary address there itself, as `10.0.0.12/32`.
  const byDefault = configured.every((range) => range === 'primary' || /\/(32|128)$/.test(range));
  return mode === 'nftables' && byDefault ? 'primary-only' : 'left-out';
};

const closedBy = (found: Compared, view: DoorView, { all, local, ranges }: Wanted): DoorOutcome | undefined => {
  if (!closed.has(found.outcome)) return undefined;
  if (found.outcome === 'drops' && ranges) return 'source-not-allowed';
  return (
    leftOut(view) ?? (found.outcome === 'none-as-listed' && local && all.length > 0 ? 'local-elsewhere' : undefined)
  );
};

const lostReply = ({ plain }: DoorView, { all, node, local }: Wanted) =>
  !local && all.some((place) => place.node !== node && plain.includes(placeWords(place)));

const stopped = ({ stopped: by }: DoorView, { ranges }: Wanted): (Compared & { outcome: Matching }) | undefined =>
  by && (by.own ? ranges : true) ? { outcome: 'drops', stale: [], missing: [], rule: by.rule } : undefined;

export interface Judged extends Omit<Compared, 'outcome'> {
  readonly outcome: DoorOutcome;
  readonly listed: readonly string[];
}

/** What the rules of a node do at a door of the Service, beside what the slices list. */
export const judgeDoor = (view: DoorView, wanted: Wanted): Judged => {
  const places = placesOf(view, wanted);
  const listed = places.map(placeWords);
  const before = stopped(view, wanted);
  if (before) return { ...before, listed, outcome: view.stopped?.own ? 'source-not-allowed' : 'stopped-before' };
  const found = compare(view, { places, chosen: wanted.chosen });
  const outcome = closedBy(found, view, wanted) ?? found.outcome;
  if (outcome === 'match' && lostReply(view, wanted)) return { ...found, listed, outcome: 'not-masqueraded' };
  return { ...found, listed, outcome: outcome === 'by-ipvs' ? 'not-translated' : outcome };
};
