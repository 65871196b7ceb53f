import { afterEach, expect, it } from 'vitest';
import { App } from '../../src/app.js';
import type { SessionLook } from '../../src/machines/look.js';
import { chartOfSeries } from '../../src/parse/recorder/chart.js';
import type { Appearance } from '../../src/ui/props.js';
import { series } from '../parse/recorder/recording.js';
import { openTerminal, type Terminal } from '../support/terminal.js';
import { fakeSession, shopProps } from './fake-session.js';
import { looks } from './shop.js';

let terminal: Terminal | undefined;
afterEach(() => terminal?.close());

const chart = chartOfSeries([
  series('endpoint', '10.244.1.7:8080'),
  series('endpoint', '10.244.2.7:8080', { every: 60, word: 'refused', ms: 2 }),
  series('service', '10.96.1.2:80', { every: 100, ms: 3020 }),
]);
const soFar = { chart: JSON.parse(JSON.stringify(chart)) };

const running = looks.running as SessionLook;
const recording = running.current ? { ...running, current: { ...running.current, soFar } } : running;

const drawn = async ([columns, rows]: readonly [number, number], appearance: Partial<Appearance> = {}) => {
  const { props } = shopProps({ session: fakeSession(recording).session });
  const changed = { ...props, appearance: { ...props.appearance, ...appearance } };
  terminal = await openTerminal(<App {...changed} />, { columns, rows });
  return terminal.lines().join('\n');
};

it.each([
  [80, 24],
  [140, 45],
] as const)('draws every way while it is tried, at %dx%d', async (columns, rows) => {
  const text = await drawn([columns, rows]);
  // Where the room is small a label keeps its start and its end, by which addresses differ.
  expect(text).toMatch(/10.*1\.7:8080 +\u2581+ +0\/300 {2}3 ms/);
  expect(text).toMatch(/10.*2\.7:8080 +[\u2581\u2717]+ +5\/300 {2}3 ms/);
  expect(text).toMatch(/10.*\.2:80 +\u2587\u2581+/);
  expect(text).toMatch(/0 s +60 s/);
});

it.each([[{ ascii: true }], [{ wide: 2 as const }], [{ ascii: true, theme: 'mono' as const }]])(
  'draws in ASCII with %j',
  async (appearance) => {
    const text = await drawn([80, 24], appearance);
    expect(text).toMatch(/10.*2\.7:8080 +[_x]+ +5\/300 {2}3 ms/);
    expect(text).not.toMatch(/[\u2581-\u2588]/);
  },
);
