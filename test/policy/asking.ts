import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readPolicyEnd } from '../../src/policy/ends/written-end.js';
import { evaluate } from '../../src/policy/flow/evaluate.js';
import { type Loaded, type LoadOptions, load } from '../../src/policy/load.js';
import { writePath } from '../../src/policy/read/place.js';

const documentsIn = (source: string, text: string) =>
  parseAllDocuments(text).map((document, index) => ({ source, document: index, value: document.toJS() as unknown }));

const cluster = documentsIn('shop.yaml', readFileSync(join(import.meta.dirname, 'shop.yaml'), 'utf8'));

/** The shop, with these manifests put into it. */
export const shopWith = (
  text: string,
  engine: LoadOptions['engine'] = 'kubernetes',
  more: Partial<LoadOptions> = {},
): Loaded => load([...cluster, ...documentsIn('policies.yaml', text)], { namespace: 'shop', engine, ...more });

const isNode = ({ value }: { value: unknown }) => (value as { kind?: string } | null)?.kind === 'Node';
const withoutNodes = cluster.map(({ value, ...where }) => {
  const { items, ...list } = value as { items: unknown[] };
  return { ...where, value: { ...list, items: items.filter((item) => !isNode({ value: item })) } };
});

/** The same, by somebody who may not list its nodes. */
export const unreadShopWith = (text: string, engine: LoadOptions['engine'] = 'kubernetes'): Loaded =>
  load([...withoutNodes, ...documentsIn('policies.yaml', text)], { namespace: 'shop', engine, nodesUnread: true });

const asked = /^(\S+) -> (\S+) ([\w-]+)(?:\/(tcp|udp|sctp))? (allowed|denied|unknown)(?: (.+))?$/;

/** `shop/checkout -> shop/cart 8080/tcp denied`; words behind it are codes of reasons or remarks that have to be there. */
export const checkAsk = (loaded: Loaded, line: string): void => {
  const match = asked.exec(line);
  if (!match) throw new Error(`not a question: ${line}`);
  const [, from = '', to = '', port = '', protocol = 'tcp', answer, codes = ''] = match;
  const found = evaluate(loaded, {
    from: readPolicyEnd(from, 'shop'),
    to: readPolicyEnd(to, 'shop'),
    port: /^\d+$/.test(port) ? Number(port) : port === '-' ? undefined : port,
    protocol: protocol.toUpperCase() as 'TCP' | 'UDP' | 'SCTP',
  });
  expect([line, found.answer]).toEqual([line, answer]);
  const said = [...found.doubts, ...found.remarks].map(({ code }) => code);
  for (const code of codes.split(' ').filter(Boolean)) expect([line, ...said]).toContain(code);
};

const networkPolicy = (spec: string, index: number) => {
  const [, namespace = 'shop', body = spec] = /^(\w+): (.*)$/s.exec(spec) ?? [];
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: policy-${index}, namespace: ${namespace} }
spec: ${body}`;
};

export interface Row {
  /** The sentence of the documentation that the row proves. */
  readonly says: string;
  /** Specs of NetworkPolicies in flow style, in `shop` unless one starts with `NAMESPACE: `. */
  readonly specs?: readonly string[];
  /** Whole manifests. */
  readonly manifests?: string;
  readonly asks: readonly string[];
}

/** One test per sentence; the manifests of a row have to be faultless. */
export const conformance = (title: string, rows: readonly Row[]): void => {
  describe(`${title}`, () => {
    it.each([...rows])('$says', ({ specs = [], manifests = '', asks }) => {
      const loaded = shopWith([...specs.map(networkPolicy), manifests].filter(Boolean).join('\n---\n'));
      expect(loaded.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      for (const ask of asks) checkAsk(loaded, ask);
    });
  });
};

export interface BadRow {
  /** What the documentation or the validation of the API server demands. */
  readonly says: string;
  readonly specs?: readonly string[];
  readonly manifests?: string;
  /** `spec.ingress[0].ports[0].endPort`, and a part of the sentence. */
  readonly problem: readonly [path: string, part: string];
  readonly severity?: 'error' | 'warning';
  readonly asks?: readonly string[];
}

export const rejections = (title: string, rows: readonly BadRow[]): void => {
  describe(`${title}`, () => {
    it.each([...rows])('$says', ({ specs = [], manifests = '', problem, severity = 'error', asks = [] }) => {
      const loaded = shopWith([...specs.map(networkPolicy), manifests].filter(Boolean).join('\n---\n'));
      const found = loaded.problems
        .filter((one) => one.severity === severity)
        .map(({ place, message }) => [writePath(place.path), message]);
      expect(found).toContainEqual([problem[0], expect.stringContaining(problem[1])]);
      for (const ask of asks) checkAsk(loaded, ask);
    });
  });
};
