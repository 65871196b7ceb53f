import { expect, it } from 'vitest';
import { parseCardStatistics, parseFeatures } from '../../../src/parse/kernel/card.js';
import { parseSocketSummary } from '../../../src/parse/kernel/socket-summary.js';
import { corpus } from '../corpus.js';

const node = (name: string) => corpus(`plain/healthy/node-b/${name}.txt`);

it('tells what a device does for the kernel', () => {
  const features = parseFeatures(node('ethtool-features'));
  expect(features).toMatchObject({
    'tx-checksumming': expect.any(Boolean),
    'tx-checksum-ip-generic': expect.any(Boolean),
  });
  expect(parseFeatures('Cannot get device feature names: No such device')).toBeUndefined();
});

it('tells what a driver lost, and nothing of what a program decided', () => {
  expect(parseCardStatistics(node('ethtool-statistics'))).toEqual({ rx_queue_0_drops: 0 });
  expect(parseCardStatistics('no stats available')).toBeUndefined();
});

it('sums up sockets', () => {
  expect(parseSocketSummary(node('sockets-summary'))).toEqual({ total: 53, established: 5, orphaned: 0, timeWait: 2 });
  expect(parseSocketSummary('ss: not found')).toBeUndefined();
});
