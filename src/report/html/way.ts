import type { ReportInput } from '../catalog.js';
import type { Station } from '../page/way.js';
import { plain } from '../plain.js';
import { say } from '../say.js';
import { markOf } from '../words.js';
import { cut } from './cut.js';
import { escaped } from './escape.js';

const [width, rowHeight, left, radius] = [360, 44, 22, 11];
// The whole name stands beside the drawing for those who hover and those who listen.
const mostCells = 38;

const wordOf = (input: ReportInput, { word, failing }: Station) =>
  failing ? `${word}, ${say(input, 'way.failing')}` : word;

const stop = (input: ReportInput, station: Station, at: number) => {
  const middle = at * rowHeight + rowHeight / 2;
  const kind = [station.result ?? 'unseen', ...(station.failing ? ['failing'] : [])].join(' ');
  const mark = station.result ? markOf(input, station.result) : '';
  const [name, word] = [plain(station.name), wordOf(input, station)];
  return [
    `<g class="${kind}"><title>${escaped(`${name}: ${word}`)}</title>`,
    `<circle cx="${left}" cy="${middle}" r="${radius}"/>`,
    `<text class="mark" x="${left}" y="${middle + 5}" text-anchor="middle">${escaped(mark)}</text>`,
    `<text class="name" x="${left + 24}" y="${middle - 2}">${escaped(cut(name, mostCells))}</text>`,
    `<text class="word" x="${left + 24}" y="${middle + 15}">${escaped(cut(word, mostCells))}</text></g>`,
  ].join('');
};

/** The stations below each other, so that a phone shows them as large as a screen does. */
export const wayDrawing = (input: ReportInput, stations: readonly Station[]) => {
  const height = stations.length * rowHeight;
  const told = stations.map((station) => `${plain(station.name)}: ${wordOf(input, station)}`).join('; ');
  return [
    `<svg role="img" viewBox="0 0 ${width} ${height}" aria-label="${escaped(told)}">`,
    `<line class="rail" x1="${left}" y1="${rowHeight / 2}" x2="${left}" y2="${height - rowHeight / 2}"/>`,
    ...stations.map((station, at) => stop(input, station, at)),
    '</svg>',
  ].join('\n');
};
