import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/kube-proxy/ipvs-sends-the-source-to-listed-endpoints.js';
import { ran } from '../../support/fake-world.js';
import { clusterWith, flowTo, lookAt, records } from './clinic.js';

const recorded = readFileSync(new URL('../../fixtures/ipvs/connections.txt', import.meta.url), 'utf8');
// The Service "web" of the recording, and what grep finds of it there: an entry of node-a itself, one of a Pod.
const web = { ...records, address: '10.96.100.1', port: 80, target: 8080, endpoints: ['10.244.1.11', '10.244.2.11'] };
const toWeb = recorded
  .split('\n')
  .filter((line) => line.includes('0A606401 0050 0AF4'))
  .join('\n');
const client = '10.244.3.10';

interface Seen {
  readonly table?: string;
  readonly endpoints?: string[];
  readonly devices?: string;
  readonly address?: string;
}
const look = ({
  table = toWeb,
  endpoints = web.endpoints,
  devices = 'kube-ipvs0\neth0',
  address = client,
}: Seen = {}) => {
  const parts = { ...web, endpoints };
  const { pods = [], ...rest } = clusterWith(parts);
  const [source, ...others] = pods as { status: object }[];
  return lookAt(step, 'ipvs-sends-the-source-to-listed-endpoints', {
    here: { state: 'as-listed' },
    objects: { ...rest, pods: [{ ...source, status: { phase: 'Running', podIP: address } }, ...others] },
    flow: flowTo(parts),
    on: (query) => {
      if (query === 'device-names') return ran(devices);
      return query === 'virtual-connections' ? ran(table) : undefined;
    },
  });
};
const opening = toWeb.replaceAll('TIME_WAIT', 'SYN_RECV');
const gone = { endpoints: ['10.244.1.11'] };

it.each([
  ['listed', {}],
  ['listed', { table: opening }],
  ['sent-to-gone', { ...gone, table: opening }],
  // What is over may stay with an endpoint that left, and what others do is no news of this source.
  ['kept-at-gone', gone],
  ['kept-at-gone', { ...gone, table: toWeb.replaceAll('TIME_WAIT', 'ESTABLISHED') }],
  ['kept-at-gone', { ...gone, table: opening, address: '10.244.3.77' }],
  ['no-entries', { table: '' }],
  ['not-ipvs', { devices: 'eth0' }],
] satisfies [string, Seen][])('%s %j', async (outcome, seen) => expect((await look(seen)).outcome).toBe(outcome));

it('names where it is sent', async () => {
  expect((await look({ ...gone, table: opening })).facts).toMatchObject({
    ...{ node: 'node-a', gone: ['10.244.2.11:8080'], states: ['SYN_RECV'], listed: ['10.244.1.11:8080'], entries: 2 },
  });
});

it('makes no finding of a line it does not understand', async () => {
  await expect(look({ table: 'TCP what 0A' })).rejects.toBeInstanceOf(CannotLook);
});
