import { expect, it } from 'vitest';
import { parseCniConfig } from '../../../src/parse/links/cni-config.js';
import { parseReservations } from '../../../src/parse/links/reservations.js';
import { recorded } from '../recorded.js';

const files = (name: string) => parseCniConfig(recorded('cni-files', name));

it('names every plugin that a configuration calls, those of flannel too', () => {
  expect(files('flannel')).toEqual({
    files: [{ name: '10-flannel.conflist', types: ['flannel', 'bridge', 'host-local', 'portmap'], understood: true }],
    programs: ['bandwidth', 'bridge', 'flannel', 'host-local', 'loopback', 'portmap'],
    complete: true,
  });
});

it('orders files as the runtime does, and says which is not valid', () => {
  expect(files('several').files.map(({ name, types, understood }) => [name, types.length, understood])).toEqual([
    ['01-broken.conf', 0, false],
    ['05-old.conf', 2, true],
    ['10-flannel.conflist', 4, true],
  ]);
});

it('tells a folder without files from one that could not be read', () => {
  expect(files('bare')).toEqual({ files: [], programs: [], complete: true });
  expect(parseCniConfig('ls: cannot open directory').complete).toBe(false);
});

it('counts reservations by network', () => {
  expect(parseReservations(recorded('cni-files', 'reservations'))).toEqual({
    networks: [
      { name: 'cbr0', addresses: 253 },
      { name: 'other', addresses: 1 },
    ],
    complete: true,
  });
  expect(parseReservations(recorded('cni-files', 'no-reservations'))).toEqual({ networks: [], complete: true });
  expect(parseReservations('').complete).toBe(false);
});
