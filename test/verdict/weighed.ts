import type { Finding } from '../../src/domain/finding.js';
import { weigh } from '../../src/verdict/weigh.js';
import { found } from './found.js';
import { causes, elimination } from './real-causes.js';
import { probes, type Seen } from './shop.js';

export const flowWords = {
  source: 'shop/checkout',
  'source-namespace': 'shop',
  'source-pod': 'checkout',
  destination: 'shop/cart',
  namespace: 'shop',
  service: 'cart',
  port: 80,
  protocol: 'TCP',
};

export const trailOf = (seen: Seen): Finding[] =>
  Object.entries(seen).map(([check, what]) => (typeof what === 'string' ? found(check, what) : found(check, ...what)));

type Weighed = Parameters<typeof weigh>[0];

/** Findings of the flow above, with the causes as they are. */
export const weighed = (
  findings: Finding[],
  more: Partial<Pick<Weighed, 'stagesBuilt' | 'conclusion'>> = {},
): ReturnType<typeof weigh> =>
  weigh({ findings, causes, elimination, stagesBuilt: ['pod', 'connectivity', 'service'], flowWords, ...more });

/** Result, first cause, and how certain it is. */
export const bestOf = ({ result, causes: [first] }: Pick<ReturnType<typeof weigh>, 'result' | 'causes'>) => [
  result,
  first?.id,
  first?.certainty,
];

export const summary = (findings: Finding[]) => bestOf(weighed(findings));

/** As if the probes were denied: the same objects, and no packet. */
export const withoutProbes = (seen: Seen, blind: (check: string) => Finding) => [
  ...trailOf(Object.fromEntries(Object.entries(seen).filter(([check]) => !probes.includes(check)))),
  ...probes.map(blind),
];
