import { z } from 'zod';
import { hostPort } from '../addresses.js';
import { writtenSchema } from './proxy-rules.js';
import { translationSchema } from './translate.js';

/** What the rules of one node do to the first packet to a Service. */
export const nodeViewSchema = z.strictObject({
  translations: z.array(translationSchema),
  written: z.array(writtenSchema),
  /** The chains of kube-proxy have a rule for the address, and nothing leads to them. */
  unreached: z.boolean(),
  /** The rule of kube-proxy that refuses or drops what was not translated. */
  rejects: z.string().optional(),
  drops: z.string().optional(),
  /** Interfaces of programs that replace kube-proxy. */
  replacing: z.array(z.string()),
  /** The Service address belongs to the node itself, or Services have no rules there because IPVS is to serve them. */
  ipvs: z.boolean(),
});
export type NodeView = z.infer<typeof nodeViewSchema>;

export interface Place {
  readonly address: string;
  readonly port: number;
}

export interface Expected {
  readonly places: readonly Place[];
  /** kube-proxy may choose among the endpoints of the Service, by zone or by node. */
  readonly chosen: boolean;
}

export type Matching =
  | 'match'
  | 'none-as-listed'
  | 'uneven'
  | 'stale'
  | 'missing'
  | 'rejects'
  | 'drops'
  | 'not-translated'
  | 'no-rules'
  | 'not-reached'
  | 'diverted'
  | 'both-backends'
  | 'two-modes'
  | 'by-ipvs'
  | 'replaced';

export interface Compared {
  readonly outcome: Matching;
  readonly stale: readonly string[];
  readonly missing: readonly string[];
  /** Words of the rule that decides, where one does that should not. */
  readonly rule: string;
}

export const placeWords = ({ address, port }: Place) => hostPort(address, port);

const backendOf = ({ from }: { readonly from: string }) => from;
const said = (outcome: Matching, more: Partial<Compared> = {}): Compared => ({
  outcome,
  stale: [],
  missing: [],
  rule: '',
  ...more,
});

const kubeProxyHas = (view: NodeView) => view.written.filter(({ services }) => services > 0).map(backendOf);

/** Rules of somebody else that send the packet elsewhere, by whose tables they stand in. */
const diverted = (view: NodeView): Compared | undefined => {
  const rule = view.translations.flatMap(({ foreign }) => foreign)[0];
  const at = view.translations.find(({ foreign }) => foreign.length > 0)?.from;
  if (rule === undefined || at === undefined) return undefined;
  const own = kubeProxyHas(view);
  const other = own.length > 0 && !own.includes(at) && at !== 'nftables';
  return said(other ? 'both-backends' : 'diverted', { rule });
};

const key = (translation: NodeView['translations'][number]) =>
  translation.endpoints.map(placeWords).toSorted().join(' ');

/** Two tables translate the address, and not alike. */
const twofold = (view: NodeView): Compared | undefined => {
  const all = view.translations.filter(({ endpoints }) => endpoints.length > 0);
  if (new Set(all.map(key)).size < 2) return undefined;
  const nftables = all.some(({ from }) => from === 'nftables');
  return said(nftables ? 'two-modes' : 'both-backends', {
    rule: all.map(({ from, table }) => `${from} ${table}`).join(', '),
  });
};

const untranslated = (view: NodeView, { places }: Expected): Compared => {
  if (view.ipvs) return said('by-ipvs');
  if (kubeProxyHas(view).length === 0) return said('no-rules');
  if (view.unreached) return said('not-reached');
  if (places.length === 0) return said('none-as-listed');
  if (view.rejects !== undefined) return said('rejects', { rule: view.rejects });
  return view.drops === undefined ? said('not-translated') : said('drops', { rule: view.drops });
};

const uneven = (endpoints: readonly { share: number }[]) => {
  const shares = endpoints.map(({ share }) => share);
  return Math.max(...shares) > 1.5 * Math.min(...shares);
};

const compared = (view: NodeView, { places, chosen }: Expected): Compared => {
  const [translation] = view.translations;
  if (!translation || translation.endpoints.length === 0) return untranslated(view, { places, chosen });
  const written = Map.groupBy(translation.endpoints, placeWords);
  const wanted = places.map(placeWords);
  const stale = [...written.keys()].filter((word) => !wanted.includes(word));
  const missing = wanted.filter((word) => !written.has(word));
  if (stale.length > 0) return said('stale', { stale, missing });
  if (missing.length > 0 && !chosen) return said('missing', { missing });
  const shares = [...written.values()].map((list) => ({ share: list.reduce((sum, { share }) => sum + share, 0) }));
  return uneven(shares) ? said('uneven') : said('match');
};

const bad = new Set<Matching>([
  'rejects',
  'drops',
  'not-translated',
  'no-rules',
  'not-reached',
  'stale',
  'missing',
  'uneven',
]);

/** What the rules of a node do, beside what the slices list. */
export const compare = (view: NodeView, expected: Expected): Compared => {
  const found = diverted(view) ?? twofold(view) ?? compared(view, expected);
  // Without a word of kube-proxy the other program decides, and its maps are not packet rules.
  return view.replacing.length > 0 && bad.has(found.outcome) ? said('replaced') : found;
};
