import { z } from 'zod';
import { type Place, placeWords } from './compare.js';
import type { Packet } from './packet.js';
import type { Table } from './rule-set.js';
import { basesAt, translate } from './translate.js';
import { walk } from './walk.js';

export const returnSchema = z.strictObject({
  /** Endpoints whose connections get the address of the node as their source. */
  masqueraded: z.array(z.string()),
  plain: z.array(z.string()),
});
export type ReturnPath = z.infer<typeof returnSchema>;

const isMasqueraded = (tables: readonly Table[], packet: Packet, family: 'ip' | 'ip6') =>
  basesAt(tables, 'postrouting', family)
    .filter(({ chain }) => chain.hook.type === 'nat')
    .some(({ table, chain }) =>
      walk(table.chains, chain.name, packet).ways.some(
        ({ end, share }) => share > 0.99 && (end.do === 'masquerade' || end.do === 'snat'),
      ),
    );

interface Endpoint {
  readonly address: string;
  readonly port: number;
  readonly mark: number;
}

const pathOf = (
  tables: readonly Table[],
  packet: Packet,
  on: { family: 'ip' | 'ip6'; endpoints: readonly Endpoint[] },
) => {
  const masked = on.endpoints.map((endpoint) => ({
    words: placeWords(endpoint),
    yes: isMasqueraded(
      tables,
      // A POSTROUTING hook sees no incoming interface that a rule could ask for.
      {
        ...packet,
        destination: endpoint.address,
        port: endpoint.port,
        mark: endpoint.mark,
        states: ['NEW', 'DNAT'],
        in: undefined,
        toNode: false,
      },
      on.family,
    ),
  }));
  return {
    masqueraded: masked.filter(({ yes }) => yes).map(({ words }) => words),
    plain: masked.filter(({ yes }) => !yes).map(({ words }) => words),
  };
};

/** Which endpoints of a Service see the node instead of the client. */
export const returnPathOf = (tables: readonly Table[], packet: Packet, family: 'ip' | 'ip6'): ReturnPath =>
  pathOf(tables, packet, {
    family,
    endpoints: translate(tables, packet, family).translations.flatMap((one) => one.endpoints),
  });

/** The same where IPVS translates, between the rules that mark a packet and those that masquerade what is marked. */
export const returnPathThrough = (
  tables: readonly Table[],
  packet: Packet,
  on: { family: 'ip' | 'ip6'; places: readonly Place[] },
): ReturnPath => {
  const marks = basesAt(tables, packet.fromNode ? 'output' : 'prerouting', on.family)
    .filter(({ chain }) => chain.hook.type === 'nat')
    .flatMap(({ table, chain }) => walk(table.chains, chain.name, packet).ways)
    .map(({ mark }) => mark);
  const mark = marks.reduce((all, one) => (all | one) >>> 0, packet.mark);
  return pathOf(tables, packet, { family: on.family, endpoints: on.places.map((place) => ({ ...place, mark })) });
};
