import { z } from 'zod';
import { type Place, placeWords } from './compare.js';
import { type VirtualServer, virtualServerSchema } from './ip-vs.js';

/** What IPVS of one node holds for a Service address. */
export const serverSchema = z.strictObject({
  ipvs: z.boolean(),
  /** The address is one of the node's: else no packet to it comes to IPVS. */
  ownAddress: z.boolean(),
  /** Virtual servers of all Services. */
  servers: z.int(),
  server: virtualServerSchema.optional(),
});
type View = z.infer<typeof serverSchema>;
type Real = VirtualServer['real'][number];

export const serverWords = (real: Real) => `${placeWords(real)} weight ${real.weight}`;

export type ServerOutcome =
  | 'match'
  | 'none-as-listed'
  | 'draining'
  | 'stale'
  | 'missing'
  | 'empty'
  | 'weight-zero'
  | 'no-server'
  | 'no-address'
  | 'not-ipvs';

const words = (reals: readonly Place[]) => reals.map(placeWords);

const withoutServer = (view: View, expected: readonly Place[]): ServerOutcome | undefined => {
  if (!view.ipvs) return 'not-ipvs';
  if (!view.ownAddress) return 'no-address';
  if (!view.server) return 'no-server';
  if (view.server.real.length > 0) return undefined;
  return expected.length === 0 ? 'none-as-listed' : 'empty';
};

const found = ({
  stale,
  missing,
  idle,
  draining,
}: Record<'stale' | 'missing' | 'idle' | 'draining', readonly Place[]>): ServerOutcome => {
  if (stale.length > 0) return 'stale';
  if (idle.length > 0) return 'weight-zero';
  if (missing.length > 0) return 'missing';
  return draining.length > 0 ? 'draining' : 'match';
};

/** Compares with what the slices list. A real server that leaves stands there with weight 0 until its connections end. */
export const judgeServer = (view: View, expected: readonly Place[]) => {
  const wanted = words(expected);
  const reals = view.server?.real ?? [];
  const unlisted = reals.filter((real) => !wanted.includes(placeWords(real)));
  const parts = {
    stale: unlisted.filter(({ weight }) => weight > 0),
    draining: unlisted.filter(({ weight, active }) => weight === 0 && active > 0),
    idle: reals.filter((real) => real.weight === 0 && wanted.includes(placeWords(real))),
    missing: expected.filter((place) => !words(reals).includes(placeWords(place))),
  };
  const outcome = withoutServer(view, expected) ?? found(parts);
  return { outcome, stale: words(parts.stale), missing: words(parts.missing), idle: words(parts.idle) };
};
