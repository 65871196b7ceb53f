import { describe, expect, it } from 'vitest';
import { chartOfSeries } from '../../src/parse/recorder/chart.js';
import { humanReport } from '../../src/report/human.js';
import { renderReport } from '../../src/report/render.js';
import { seriesDrawing, seriesLines } from '../../src/report/series-drawing.js';
import { series } from '../parse/recorder/recording.js';
import { reportInput } from '../support/report-input.js';
import { cartView } from '../support/session-view.js';

const chart = chartOfSeries([
  series('endpoint', '10.244.1.7:8080', {}),
  series('endpoint', '10.244.2.7:8080', { every: 60, word: 'refused', ms: 2 }),
  series('service', '10.96.1.2:80', { every: 100, ms: 3020 }),
  series('name', 'cart.shop.svc.cluster.local.', { tries: 120, usual: 15, every: 60, ms: 5010 }),
]);
const facts = { chart: JSON.parse(JSON.stringify(chart)) };

it('draws latency and loss of every way over time', () => {
  expect(`\n${seriesLines(facts).join('\n')}\n`).toMatchInlineSnapshot(`
    "
    10.244.1.7:8080               ______________________________   0/300  3 ms
    10.244.2.7:8080               x_____x_____x_____x_____x_____   5/300  3 ms
    10.96.1.2:80                  *_________*_________*_________   3/300  3 ms
    cart.shop.svc.cluster.local.  #.....#.....                    2/120  15 ms
                                  0 s                       60 s
    "
  `);
});

it.each([40, 48, 72, 130])('fits into %d cells', (width) => {
  for (const line of seriesLines(facts, width)) expect(line.length).toBeLessThanOrEqual(width);
});

it('draws blocks where the terminal has them, and nothing but ASCII where it has not', () => {
  const text = (plain: boolean) =>
    (seriesDrawing(facts, { width: 100, plain })?.rows ?? [])
      .flatMap(({ cells }) => cells.map((cell) => cell.text))
      .join('');
  expect(text(false)).toMatch(/^[\u2581-\u2588\u2717 ]+$/);
  expect(text(true)).toMatch(/^[\x20-\x7e]+$/);
});

it('tells failures apart without any colour', () => {
  const [, refused] = seriesDrawing(facts, { width: 100, plain: true })?.rows ?? [];
  expect(refused?.cells.filter(({ failed }) => failed).map(({ text }) => text)).toEqual(['x', 'x', 'x', 'x', 'x']);
});

it('draws nothing of other findings', () => {
  expect(seriesLines({})).toEqual([]);
  expect(seriesLines({ chart: 'of the sea' })).toEqual([]);
  expect(seriesLines({ chart: { seconds: 3, rows: [] } })).toEqual([]);
});

describe('in the reports', () => {
  const view = cartView();
  const [first, ...rest] = view.findings;
  const session = { ...view, findings: first ? [{ ...first, facts: { ...first.facts, ...facts } }, ...rest] : [] };

  it('stands in what a terminal prints and in the postmortem', () => {
    const [line = ''] = seriesLines(facts);
    expect(humanReport(reportInput('en', session))).toContain(line);
    expect(renderReport('md', reportInput('en', session))).toContain(`    ${line}`);
  });
});
