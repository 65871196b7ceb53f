import { expect, it } from 'vitest';
import type { RunPort } from '../../../src/domain/ports.js';
import { parseConnect } from '../../../src/parse/connect.js';
import { judgeKnock } from '../../../src/parse/knock.js';
import { lateOf } from '../../../src/parse/late.js';
import { connectSeries } from '../../../src/queries/probes/connect-series.js';
import type { tcpConnect } from '../../../src/queries/tcp-connect.js';
import { recorded } from '../../parse/recorded.js';

/** What a place answers, look after look: nine connects each. */
const placeOf = (...looks: readonly string[]) => {
  const left = [...looks];
  const place = { run: async () => parseConnect(recorded('nc-busybox', `connect-${left.shift()}`), 'nc') };
  return { place: place as unknown as RunPort<typeof tcpConnect>, left };
};
const address = '10.96.0.7';
const look = async (...looks: readonly string[]) => {
  const { place, left } = placeOf(...looks);
  const connect = await connectSeries(place, { host: address, port: 80, tries: 9, waitSeconds: 2 });
  const { outcome } = judgeKnock({ address, port: 80, protocol: 'TCP', connect });
  return { connect, outcome, left: left.length };
};

it('asks once where nothing is late', async () =>
  expect(await look('counted', 'late')).toMatchObject({ outcome: 'answers', left: 1, connect: { of: 9 } }));

it('believes what two looks saw', async () => {
  const { connect, outcome, left } = await look('late', 'late', 'late');
  expect({ outcome, left }).toEqual({ outcome: 'answers-late', left: 1 });
  expect(connect).toMatchObject({ of: 18, failed: 0, resent: 6 });
  expect(lateOf(connect)).toBe(6);
});

it('gives a network that loses now and then a third chance to show it', async () =>
  expect(await look('late', 'counted', 'late')).toMatchObject({ outcome: 'answers-late', connect: { of: 27 } }));

it('makes no habit of one bad moment, and keeps what it saw then', async () => {
  const { connect, outcome } = await look('late', 'counted', 'counted');
  expect(outcome).toBe('answers');
  expect(connect).toMatchObject({ of: 27, resent: 3, onceLate: true });
  expect(Math.max(...connect.tries.map(({ ms = 0 }) => ms))).toBeGreaterThan(990);
});

it('reports a failure that only a later look met', async () =>
  expect(await look('late', 'timeout', 'counted')).toMatchObject({ outcome: 'some-fail' }));
