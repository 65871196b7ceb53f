import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Finding } from '../../src/domain/finding.js';
import { type Conclusion, isStepNode, runbookSchema, type Target } from '../../src/domain/runbook.js';
import { weigh } from '../../src/verdict/weigh.js';
import { forbidden, found } from './found.js';
import { causes, elimination } from './real-causes.js';
import * as shop from './shop.js';

const path = fileURLToPath(new URL('../../runbooks/service-unreachable.yaml', import.meta.url));
const book = runbookSchema.parse(parse(readFileSync(path, 'utf8')));

interface Walk {
  findings: Finding[];
  end: Exclude<Target, string>;
  path: string[];
}

/** The findings of the nodes that the tree visits in this shop, and where it ends. What was seen stands below a step, or below one node. */
const walk = (seen: shop.Seen): Walk => {
  const findings: Finding[] = [];
  const path: string[] = [];
  let target: Target = book.start;
  while (typeof target === 'string') {
    const node: (typeof book.nodes)[string] | undefined = book.nodes[target];
    if (!node || !isStepNode(node)) throw new Error(`The walk cannot go on at "${target}".`);
    const what: shop.Seen[string] | undefined = seen[target] ?? seen[node.step];
    const finding: Finding =
      what === undefined ? forbidden(node.step) : found(node.step, ...([what].flat() as [string]));
    findings.push({ ...finding, node: target });
    path.push(node.step);
    target = (what === undefined ? undefined : node.on[finding.outcome]) ?? node.otherwise;
  }
  return { findings, end: target, path };
};

const concluded = (end: Walk['end']): Conclusion => {
  if ('runbook' in end) throw new Error('The walk leaves this runbook.');
  return end;
};

const weighed = (seen: shop.Seen) => {
  const { findings, end } = walk(seen);
  return weigh({
    findings,
    conclusion: concluded(end),
    causes,
    elimination,
    stagesBuilt: ['pod'],
    flowWords: { service: 'cart' },
  });
};

const faults: [string, shop.Seen, string, string][] = [
  ['wrong selector', shop.wrongSelector, 'SVC-01', 'certain'],
  ['failing readiness probe', shop.failingReadiness, 'POD-02', 'certain'],
  ['wrong target port', shop.wrongTargetPort, 'SVC-03', 'certain'],
  ['named port that no Pod has', shop.missingNamedPort, 'SVC-03', 'certain'],
  ['UDP offered, TCP asked', shop.otherProtocol, 'SVC-04', 'probable'],
  ['selector too wide', shop.tooWide, 'SVC-05', 'certain'],
  ['crashing backend', shop.crashing, 'POD-01', 'certain'],
  ['listener on loopback', shop.loopbackOnly, 'POD-03', 'certain'],
  ['listener on loopback behind a readiness probe', shop.unreadyLoopback, 'POD-03', 'certain'],
  ['traffic policy Local', shop.localPolicy, 'SVC-07', 'certain'],
  ['missing Service', shop.missingService, 'DNS-22', 'certain'],
  ['headless Service asked for its Service port', shop.mappedHeadless, 'SVC-11', 'certain'],
  ['external name that does not exist', shop.externalNowhere, 'SVC-13', 'probable'],
];

describe('the tree and the weighing agree', () => {
  it.each(faults)('on a %s', (_, seen, id, certainty) => {
    const { tree, causes: ranked } = weighed(seen);
    expect([tree, ranked[0]?.id, ranked[0]?.certainty]).toEqual([{ cause: id }, id, certainty]);
  });

  it('on a sound shop, after a fresh last look', () => {
    const { result, tree } = weighed({ ...shop.objects, ...shop.answers });
    expect([result, tree]).toEqual(['healthy', 'healthy']);
    expect(walk({ ...shop.objects, ...shop.answers }).path.at(-1)).toBe('service-address-answers');
  });

  it('on unready peers that a headless Service publishes on purpose', () => {
    const { result, tree, causes: ranked } = weighed(shop.unreadyPeers);
    expect([result, tree, ranked]).toEqual(['healthy', 'healthy', []]);
  });

  it('that a shop which nobody may probe is inconclusive', () => {
    const { result, tree, next } = weighed(shop.objects);
    expect([result, tree, next]).toEqual(['inconclusive', 'inconclusive', 'service-address-answers']);
  });
});

describe('the tree', () => {
  it('sees two Pods that take turns at an address, where only the name fails', () => {
    const {
      result,
      tree,
      causes: ranked,
    } = weighed({
      ...{ ...shop.objects, ...shop.answers },
      ...{ 'service-name-answers': 'fails', 'pod-addresses-are-unique': 'shared' },
    });
    expect([result, tree, ranked[0]?.id]).toEqual(['fault', { cause: 'CNI-08' }, 'CNI-08']);
    expect(ranked[0]?.unexplained).toEqual([]);
  });

  it('goes on to the nodes where what answered at first does not at last', () => {
    const { path: steps, end } = walk({
      ...{ ...shop.objects, ...shop.answers },
      ...{ 'last-look': 'times-out', 'pod-addresses-are-unique': 'unique', 'endpoints-object-is-whole': 'whole' },
      ...{ 'nothing-changed-before-the-trouble': 'changed', 'nodes-can-be-read': 'all' },
    });
    expect(steps.at(-2)).toBe('nothing-changed-before-the-trouble');
    expect(end).toMatchObject({ runbook: 'service-address-fails' });
  });

  it.each(faults)('tries the flow before it accuses a %s', (_, seen) => {
    const { path: steps } = walk(seen);
    const tried = steps.some((step) => /^service-(address-answers|name-resolves|name-answers)$/.test(step));
    expect(tried).toBe(true);
  });

  it('finds what objects show when no probe is permitted', () => {
    const blind = (seen: shop.Seen) =>
      Object.fromEntries(Object.entries(seen).filter(([check]) => !shop.probes.includes(check)));
    expect(weighed(blind(shop.wrongSelector)).tree).toEqual({ cause: 'SVC-01' });
    expect(weighed(blind(shop.crashing)).tree).toEqual({ cause: 'POD-01' });
    expect(weighed(blind(shop.localPolicy)).tree).toEqual({ cause: 'SVC-07' });
  });
});
