import { z } from 'zod';
import { placeWords } from './compare.js';
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

/** Which endpoints of a Service see the node instead of the client. */
export const returnPathOf = (tables: readonly Table[], packet: Packet, family: 'ip' | 'ip6'): ReturnPath => {
  const endpoints = translate(tables, packet, family).translations.flatMap((one) => one.endpoints);
  const masked = endpoints.map((endpoint) => ({
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
      family,
    ),
  }));
  return {
    masqueraded: masked.filter(({ yes }) => yes).map(({ words }) => words),
    plain: masked.filter(({ yes }) => !yes).map(({ words }) => words),
  };
};
