import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseConntrackFlows } from '../../../src/parse/kernel/conntrack-flows.js';
import { recorded } from '../recorded.js';

const flows = (name: string) => parseConntrackFlows(recorded('conntrack', name));
const corpus = (name: string) =>
  readFileSync(new URL(`../../fixtures/corpus/plain/healthy/node-b/${name}.txt`, import.meta.url), 'utf8');

it('reads both ways of an entry', () => {
  expect(flows('udp-stale')).toEqual([
    {
      ...{ protocol: 'udp', left: 26, state: '', unreplied: true, zone: 0 },
      ...{ source: '192.0.2.1', destination: '198.51.100.10', sourcePort: 40_053, destinationPort: 53 },
      ...{ answerFrom: '192.0.2.235', answerTo: '192.0.2.1' },
    },
  ]);
  expect(flows('tcp-open')).toMatchObject([{ state: 'TIME_WAIT', unreplied: false, answerFrom: '192.0.2.129' }]);
  expect(flows('tcp-unreplied')).toMatchObject([{ state: 'SYN_SENT', unreplied: true }]);
  expect(flows('tcp-zoned')).toMatchObject([{ zone: 7, state: 'SYN_SENT' }, { zone: 0 }]);
});

it('reads the file of the kernel alike', () => {
  expect(flows('proc')).toEqual([...flows('udp-stale'), ...flows('tcp-open')]);
});

it('reads every entry of TCP and UDP of a whole table', () => {
  for (const name of ['conntrack-list', 'proc-net-nf-conntrack']) {
    const text = corpus(name);
    expect(parseConntrackFlows(text).length).toBe(text.split('\n').filter((line) => / (tcp|udp) /.test(line)).length);
  }
});

it('throws at no text', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseConntrackFlows(`tcp 6 1 src=${text}\n${text}`)));
});
