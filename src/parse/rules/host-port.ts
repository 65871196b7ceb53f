import { z } from 'zod';
import { placeWords } from './compare.js';
import type { Packet } from './packet.js';
import type { Table } from './rule-set.js';
import { translate, translationSchema } from './translate.js';
import { walk } from './walk.js';

export const hostPortViewSchema = z.strictObject({
  translations: z.array(translationSchema),
  /** The chains for host ports lead on, and no packet comes to them. */
  unreached: z.boolean(),
  /** Places those chains lead to. */
  behind: z.array(z.string()),
  replacing: z.array(z.string()),
});
export type HostPortView = z.infer<typeof hostPortViewSchema>;

// The portmap plugin with iptables, the same with nftables, and kubelet before it left this to the plugins.
const entries = ['CNI-HOSTPORT-DNAT', 'hostports', 'KUBE-HOSTPORTS'];

/** What becomes of a packet to a port of the node, and where the chains for host ports would send it. */
export const hostPortOf = (
  tables: readonly Table[],
  packet: Packet,
  family: 'ip' | 'ip6',
): Pick<HostPortView, 'translations' | 'unreached' | 'behind'> & { lost: boolean } => {
  const { translations, lost } = translate(tables, packet, family);
  const ends = tables
    .filter((table) => table.family === family || table.family === 'inet')
    .flatMap(({ chains }) => entries.flatMap((entry) => (chains.has(entry) ? walk(chains, entry, packet).ways : [])))
    .map(({ end }) => end);
  const behind = ends.flatMap((end) =>
    end.do === 'dnat' ? [placeWords({ address: end.address, port: end.port ?? packet.port })] : [],
  );
  const done = translations.some(({ endpoints }) => endpoints.length > 0);
  return { translations, unreached: !done && behind.length > 0, behind: [...new Set(behind)], lost };
};

export type HostPortOutcome = 'match' | 'missing' | 'not-reached' | 'elsewhere' | 'diverted' | 'replaced';

/** Where the rules of a node lead a host port, beside the Pod that owns it. */
export const judgeHostPort = (
  { translations, unreached, replacing, behind }: HostPortView,
  place: { readonly address: string; readonly port: number },
): HostPortOutcome => {
  const wanted = placeWords(place);
  const endpoints = translations.find((one) => one.endpoints.length > 0)?.endpoints ?? [];
  if (endpoints.length === 0) {
    if (replacing.length > 0) return 'replaced';
    return unreached ? 'not-reached' : 'missing';
  }
  if (endpoints.every((one) => placeWords(one) === wanted)) return 'match';
  return endpoints.every((one) => behind.includes(placeWords(one))) ? 'elsewhere' : 'diverted';
};
