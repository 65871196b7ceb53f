import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import { isEphemeral } from '../../../src/parse/kernel/port-range.js';
import { parsePortSockets } from '../../../src/parse/rules/port-sockets.js';
import step from '../../../src/steps/kube-proxy/node-port-is-left-to-the-service.js';
import { ran } from '../../support/fake-world.js';
import { flow, from, lookIn } from './lobby.js';

const recorded = (name: string) => readFileSync(new URL(`../../fixtures/ss/port-${name}.txt`, import.meta.url), 'utf8');
const [listened, ofClient] = [recorded('listened'), recorded('of-client')];

interface Seen {
  readonly port?: number;
  readonly range?: string;
  readonly reserved?: string;
  readonly sockets?: string;
}
const look = ({ port = 30_080, range = '32768\t60999', reserved = '', sockets = '' }: Seen = {}) =>
  lookIn(
    step,
    'node-port-is-left-to-the-service',
  )({
    flow: flow(from('guest'), 'node-b', port),
    on: (query) =>
      query === 'port-sockets'
        ? ran(sockets)
        : ran(`net.ipv4.ip_local_port_range = ${range}\nnet.ipv4.ip_local_reserved_ports = ${reserved}\n`),
  });

it.each([
  ['left', {}],
  ['overlaps', { range: '1024\t65000' }],
  ['client-socket', { sockets: ofClient }],
  ['listener', { sockets: listened }],
  ['not-a-node-port', { port: 30_999 }],
] satisfies [string, Seen][])('%s', async (outcome, seen) => expect(await look(seen)).toMatchObject({ outcome }));

it('names what has the port', async () => {
  expect((await look({ sockets: ofClient })).facts).toMatchObject({ outgoing: ['10.0.0.11:9100'], node: 'node-b' });
});

it('raises no alarm where the node ports are reserved', async () => {
  expect(await look({ range: '1024\t65000', reserved: '8080,30000-32767' })).toMatchObject({ outcome: 'left' });
});

it('looks at nothing it does not understand', async () => {
  await expect(look({ sockets: 'what is this' })).rejects.toThrow(CannotLook);
});

it.each([
  [30_080, '32768\t60999', '', false],
  [40_000, '32768\t60999', '', true],
  [40_000, '32768\t60999', '40000', false],
  [40_000, '', '', false],
])('%d in %j without %j: %s', (port, range, reserved, is) => expect(isEphemeral(port, range, reserved)).toBe(is));

it('never throws, whatever it reads', () => {
  fc.assert(fc.property(fc.string(), (text) => parsePortSockets(text).strange.length <= 10));
  fc.assert(
    fc.property(fc.nat(), fc.string({ maxLength: 20 }), (at, put) => {
      const cut = at % ofClient.length;
      return parsePortSockets(ofClient.slice(0, cut) + put + ofClient.slice(cut + 5)).outgoing.length <= 10;
    }),
  );
});
