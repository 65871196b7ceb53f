import fc from 'fast-check';
import { expect, it } from 'vitest';
import { birdProtocolsSchema, parseBirdProtocols } from '../../../src/parse/plugins/bird-protocols.js';
import { calicoComplaint } from '../../../src/parse/plugins/calico-log.js';
import { mangled } from '../mangled.js';
import { recorded } from '../recorded.js';

const bird = (name: string) => parseBirdProtocols(recorded('calico', name), '');

it('reads a session that stands', () => {
  expect(bird('bird-established')).toEqual({
    daemon: 'answers',
    peers: [{ kind: 'mesh', address: '10.0.0.11', session: 'Established', info: '' }],
    strange: [],
  });
});

it('reads why each other one does not', () => {
  expect(bird('bird-some-down').peers.map(({ address, session, info }) => [address, session, info])).toEqual([
    ['10.0.0.12', 'Established', ''],
    ['10.0.0.13', 'Active', 'Socket: Connection refused'],
    ['10.0.0.14', 'Idle', 'Received: Bad peer AS'],
    ['10.0.0.15', 'Connect', 'Socket: No route to host'],
  ]);
  expect(bird('bird-filtered').peers[0]).toEqual({ kind: 'mesh', address: '10.0.0.12', session: 'Connect', info: '' });
});

it('tells peers of the mesh, of a node and of all nodes', () => {
  expect(bird('bird-three-kinds').peers.map(({ kind, address }) => [kind, address])).toEqual([
    ['mesh', '172.17.8.102'],
    ['global', '172.17.8.103'],
    ['node', '172.17.8.104'],
  ]);
});

it('knows where no BIRD runs, and says so where it understood nothing', () => {
  expect(parseBirdProtocols('', recorded('calico', 'bird-absent')).daemon).toBe('absent');
  expect(parseBirdProtocols('', 'sh: birdcl: Permission denied')).toMatchObject({ daemon: 'not-understood' });
  expect(parseBirdProtocols('', '').daemon).toBe('not-understood');
});

it('reads an IPv6 peer', () => {
  const row = 'Mesh_fd80_24e2_f998_72d7__2 BGP      master   up     2016-11-21  Established';
  const table = `name     proto    table    state  since       info\n${row}\n`;
  expect(parseBirdProtocols(table, '').peers[0]?.address).toBe('fd80:24e2:f998:72d7::2');
});

it.each([
  ['felix-loose', 'loose-filter'],
  ['readiness-bgp', 'bgp'],
  ['readiness-felix', 'felix'],
])('hears what %s complains of', (name, complaint) => {
  expect(calicoComplaint(recorded('calico', name))?.complaint).toBe(complaint);
});

it('hears no complaint in ordinary lines', () => {
  const said =
    '2022-11-21 01:46:49.282 [INFO][1063] confd/health.go 180: Number of node(s) with BGP peering established = 2';
  expect(calicoComplaint(said)).toBeUndefined();
});

it('never throws, whatever it is given', () => {
  const texts = ['bird-some-down', 'bird-three-kinds', 'felix-loose'].map((name) => recorded('calico', name));
  fc.assert(
    fc.property(mangled(texts), (text) => {
      birdProtocolsSchema.parse(parseBirdProtocols(text, text));
      calicoComplaint(text);
    }),
    { numRuns: 60 },
  );
});
