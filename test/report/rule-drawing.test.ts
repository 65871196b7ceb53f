import { describe, expect, it } from 'vitest';
import { LineCounter, parseDocument } from 'yaml';
import type { Facts } from '../../src/domain/finding.js';
import type { JsonObject } from '../../src/domain/json.js';
import { humanReport } from '../../src/report/human.js';
import { renderReport } from '../../src/report/render.js';
import { ruleDrawing, ruleLines } from '../../src/report/rule-drawing.js';
import { excerpt, linesIn } from '../../src/report/yaml-lines.js';
import { reportInput } from '../support/report-input.js';
import { cartView } from '../support/session-view.js';

const manifest: JsonObject = {
  ...{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { namespace: 'shop', name: 'cart' } },
  spec: {
    podSelector: { matchLabels: { app: 'cart' } },
    ingress: [
      { from: [{ podSelector: { matchLabels: { app: 'checkout' } } }], ports: [{ port: 8080 }] },
      { from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] },
    ],
  },
};
const deciding = (path: (string | number)[]): Facts => ({
  'deciding-rule': { policy: 'NetworkPolicy shop/cart', manifest, path },
});

it('marks the rule that decides, and shows a little around it', () => {
  expect(ruleLines(deciding(['spec', 'ingress', 0])).join('\n')).toMatchInlineSnapshot(`
    "NetworkPolicy shop/cart
            app: cart
        ingress:
    >     - from:
    >         - podSelector:
    >             matchLabels:
    >               app: checkout
    >       ports:
    >         - port: 8080
          - from:"
  `);
  expect(ruleLines(deciding(['spec', 'podSelector'])).join('\n')).toMatchInlineSnapshot(`
    "NetworkPolicy shop/cart
        name: cart
      spec:
    >   podSelector:
    >     matchLabels:
    >       app: cart
        ingress:"
  `);
});

it('draws nothing for other findings', () => {
  expect(ruleDrawing({ 'deciding-rule': 'shop/cart' })).toBeUndefined();
  expect(ruleLines({})).toEqual([]);
});

it('stands in the report with its spaces, and cannot move the cursor', () => {
  const view = cartView();
  const hostile: JsonObject = { ...manifest, metadata: { name: '\u001b[2Jcart\nowned' } };
  const facts: Facts = {
    'deciding-rule': { policy: 'NetworkPolicy shop/cart', manifest: hostile, path: ['metadata', 'name'] },
  };
  const findings = view.findings.map((one, at) => (at === 0 ? { ...one, result: 'fail' as const, facts } : one));
  const text = humanReport(reportInput('en', { ...view, findings }));
  expect(text).toContain('The rule that decides (marked)\n  NetworkPolicy shop/cart\n');
  expect(text).toContain('\n    metadata:\n  >   name:');
  expect(text).not.toContain('\u001b');
  const page = renderReport('md', reportInput('en', { ...view, findings }));
  expect(page).toContain('\n\n    NetworkPolicy shop/cart\n');
  expect(page).not.toMatch(/^owned/m);
});

describe('lines of a field', () => {
  const text = 'kind: List\nitems:\n  - kind: A\n    spec:\n      - one\n      - two\n\n  - kind: B\n';
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  it.each([
    ['the document', [], 1, 8],
    ['a list', ['items'], 2, 8],
    ['an item', ['items', 1], 8, 8],
    ['a field over several lines', ['items', 0, 'spec'], 4, 6],
    ['the nearest thing around what is not there', ['items', 0, 'spec', 7, 'gone'], 4, 6],
  ])('%s', (_, path, first, last) => {
    const found = linesIn(document, path as (string | number)[], lines);
    expect(found.first).toBe(first);
    expect(text.split('\n').slice(0, found.last).join('\n').trimEnd()).toBe(
      text
        .split('\n')
        .slice(0, last as number)
        .join('\n')
        .trimEnd(),
    );
  });

  it('are cut where they are many', () => {
    const long = Array.from({ length: 40 }, (_, at) => `- ${at}`).join('\n');
    const shown = excerpt(long, { first: 5, last: 30 });
    expect(shown.map(({ number }) => number)).toEqual(Array.from({ length: 15 }, (_, at) => at + 3));
    expect(shown.at(-1)).toEqual({ number: 17, text: '...', marked: true });
    expect(shown.filter(({ marked }) => marked)).toHaveLength(13);
  });
});
