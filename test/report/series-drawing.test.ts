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

describe('a history', () => {
  const cells = (value: (at: number) => number | null) => Array.from({ length: 60 }, (_, at) => value(at));
  const kept = (label: string, tail: string, worst: (number | null)[]) => ({
    ...{ label, worst, failed: worst.map(() => 0), of: 0, bad: 0, median: 0 },
    kept: { top: 0.9, tail },
  });
  const rows = [
    kept(
      'node-b table-share',
      '20 % > 90 %',
      cells((at) => (at < 10 ? null : 0.2 + at / 85)),
    ),
    kept(
      'node-a table-share',
      '0 % > 0 %',
      cells(() => 0),
    ),
  ];
  const history = { chart: { seconds: 3600, rows, kept: { from: '08:35Z', to: '09:35Z' } } };

  it('fills a row where it is unusual, between two times of the day', () => {
    expect(`\n${seriesLines(history).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      node-b table-share            ::----------=========++++++++++*********##########  20 % > 90 %
      node-a table-share  ____________________________________________________________    0 % > 0 %
                          08:35Z                                                09:35Z
      "
    `);
  });

  it('stands beside a recording in every report, and takes the place of none', () => {
    const view = cartView();
    const [one, other, ...rest] = view.findings;
    if (!one || !other) throw new Error('the session has two findings');
    const findings = [
      { ...one, facts: { ...one.facts, ...facts } },
      { ...other, facts: { ...other.facts, ...history } },
    ];
    const input = reportInput('en', { ...view, findings: [...findings, ...rest] });
    for (const text of [humanReport(input), renderReport('md', input), renderReport('html', input)]) {
      expect(text).toContain('Every way over time');
      expect(text).toContain('History around the incident');
      expect(text).toContain('08:35Z');
      expect(text).toContain('10.96.1.2:80');
    }
  });
});
