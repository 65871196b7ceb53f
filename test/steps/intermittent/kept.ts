import { readFileSync } from 'node:fs';
import type { History, HistorySeries } from '../../../src/domain/history.js';
import { parseReply } from '../../../src/queries/history/reply.js';

/** When the recording was made, and when what it shows began: packets between two nodes were lost, and a server was busy. */
export const [began, ended] = [Date.parse('2026-11-22T09:28:30Z') / 1000, Date.parse('2026-11-22T09:35:23Z') / 1000];
const window = { from: ended - 3600, to: ended, step: 45 };

/** What a Prometheus of the lab kept, as it said it. */
export const recordedHistory = (name: 'nodes' | 'names' | 'rules' | 'throttling' | 'ends'): History => {
  const reply = parseReply(readFileSync(new URL(`../../fixtures/prometheus/${name}.json`, import.meta.url), 'utf8'));
  if ('error' in reply) throw new Error(reply.error);
  return { source: 'Service monitoring/prometheus:9090', ...window, ...reply };
};

type Made = Partial<HistorySeries> & { readonly before?: number; readonly since?: number };

/** A series that was one value before the trouble, and another since. */
export const madeSeries = ({ what = '', labels = {}, before, since = 0 }: Made): HistorySeries => ({
  what,
  labels,
  points: Array.from({ length: 81 }, (_, at): [number, number] => [window.from + at * 45, at]).flatMap(
    ([at]): [number, number][] => {
      const value = at < began ? before : since;
      return value === undefined ? [] : [[at, value]];
    },
  ),
});

export const lookedBack = (series: readonly Made[], more: object = {}, warnings: readonly string[] = []) => ({
  history: { source: 'Service monitoring/prometheus:9090', ...window, series: series.map(madeSeries), warnings },
  ...{ began, names: { '10.0.0.11': 'node-a', '10.0.0.12': 'node-b' }, owners: ['node-a'] },
  ...more,
});

export const nothingKept = { began, names: {}, owners: [] };
