import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import { parseVirtualServers } from '../../../src/parse/rules/ip-vs.js';
import step from '../../../src/steps/kube-proxy/ipvs-matches-endpoints.js';
import { ran } from '../../support/fake-world.js';
import { clusterWith, flowTo, lookAt, records } from './clinic.js';

const healthy = readFileSync(new URL('../../fixtures/ipvs/healthy.txt', import.meta.url), 'utf8');
// The Service "web" of the recording.
const web = { ...records, address: '10.96.100.1', port: 80, target: 8080, endpoints: ['10.244.1.11', '10.244.2.11'] };
const lines = (keep: (line: string) => boolean) => healthy.split('\n').filter(keep).join('\n');

interface Seen {
  readonly table?: string;
  readonly local?: boolean;
  readonly devices?: string;
  readonly parts?: typeof web;
  readonly there?: boolean;
}
const look = ({ table = healthy, local = true, devices = 'kube-ipvs0\neth0', parts = web, there = true }: Seen = {}) =>
  lookAt(step, 'ipvs-matches-endpoints', {
    here: { state: 'as-listed' },
    objects: clusterWith(parts),
    flow: flowTo(parts),
    on: (query, _args, node) => {
      if (query === 'device-names') return ran(devices);
      if (query === 'route-to-address')
        return ran(
          local || node !== 'node-a' ? 'local 10.96.100.1 dev lo table local' : '10.96.100.1 via 10.0.0.1 dev eth0',
        );
      if (query !== 'virtual-servers') return undefined;
      return there
        ? ran(node === 'node-a' ? table : healthy)
        : ran('', { exitCode: 1, stderr: 'No such file or directory' });
    },
  });

const without = (place: string) => lines((line) => !line.includes(place));
const drained = healthy.replace(/(-> 0AF4020B:1F90 +Masq +)1( +0 +1)/, '$10$2');
const other = (endpoints: string[]) => ({ ...web, endpoints });

it.each([
  ['match', {}],
  ['stale', { parts: other(['10.244.1.11']) }],
  ['missing', { parts: other(['10.244.1.11', '10.244.2.11', '10.244.3.7']) }],
  ['weight-zero', { table: drained }],
  ['no-server', { table: without('0A606401:0050') }],
  ['no-address', { local: false }],
  ['not-ipvs', { there: false, devices: 'eth0', local: false }],
  ['nothing-to-compare', { parts: { ...web, address: 'None' } }],
  ['empty', { parts: { ...web, address: '10.96.100.2' } }],
  ['none-as-listed', { parts: { ...web, address: '10.96.100.2', endpoints: [] } }],
] satisfies [string, Seen][])('%s', async (outcome, seen) => expect((await look(seen)).outcome).toBe(outcome));

it('names what is wrong, and where it is not', async () => {
  expect((await look({ local: false })).facts).toMatchObject({ node: 'node-a', otherwise: ['node-b', 'node-c'] });
  expect((await look({ table: drained })).facts).toMatchObject({ idle: ['10.244.2.11:8080'] });
  expect((await look({ parts: other(['10.244.1.11']) })).facts).toMatchObject({ stale: ['10.244.2.11:8080'] });
});

it('raises no alarm for a server that leaves and still has connections', async () => {
  const leaving = drained.replace(/(-> 0AF4020B:1F90 +Masq +0 +)0/, '$13');
  const found = await look({ table: leaving, parts: other(['10.244.1.11']) });
  expect(found).toMatchObject({ outcome: 'draining', result: 'warn' });
});

it('looks at nothing it does not understand', async () => {
  await expect(look({ table: `${healthy}\nSomething new\n` })).rejects.toThrow(CannotLook);
});

it('reads addresses of both families', () => {
  const line = 'TCP  [FD00:0000:0000:0000:0000:0000:0000:000A]:0050 rr persistent 10800 128\n';
  expect(parseVirtualServers(line, 0).servers).toEqual([
    { protocol: 'tcp', address: 'fd00::a', port: 80, scheduler: 'rr', persistent: 10_800, real: [] },
  ]);
  expect(parseVirtualServers(healthy, 0)).toMatchObject({ there: true, strange: [], servers: { length: 8 } });
});

it('never throws, whatever it reads', () => {
  fc.assert(fc.property(fc.string(), (text) => parseVirtualServers(text, 0).strange.length <= 10));
  fc.assert(
    fc.property(fc.nat(), fc.string({ maxLength: 30 }), (at, put) => {
      const from = at % healthy.length;
      return parseVirtualServers(healthy.slice(0, from) + put + healthy.slice(from + 10), 0).servers.length < 20;
    }),
  );
});
