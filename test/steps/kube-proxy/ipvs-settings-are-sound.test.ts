import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import { parseRelease } from '../../../src/parse/kernel/release.js';
import step from '../../../src/steps/kube-proxy/ipvs-settings-are-sound.js';
import { ran } from '../../support/fake-world.js';
import { clusterWith, flowTo, lookAt, records } from './clinic.js';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/ipvs/${name}.txt`, import.meta.url), 'utf8');
const table = fixture('healthy');
// Recorded with net.ipv4.vs.conntrack = 0, and conn_reuse_mode as kube-proxy sets it on old kernels.
const settings = fixture('settings');
const set = (values: Readonly<Record<string, number>>) =>
  Object.entries(values).reduce(
    (text, [name, value]) => text.replace(new RegExp(`^(net\\.ipv4\\.vs\\.${name} = )\\d+`, 'm'), `$1${value}`),
    settings,
  );

interface Seen {
  readonly values?: string;
  readonly servers?: string;
  readonly kernel?: string;
  readonly devices?: string;
}
const look = ({
  values = set({ conntrack: 1 }),
  servers = table,
  kernel = '6.1.0-18-amd64',
  devices = 'kube-ipvs0\neth0\n',
}: Seen = {}) =>
  lookAt(step, 'ipvs-settings-are-sound', {
    here: { state: 'as-listed' },
    objects: clusterWith(records),
    flow: flowTo(records),
    on: (query, _, node) => {
      if (query === 'kernel-settings') return ran(node === 'node-a' ? values : set({ conntrack: 1 }));
      if (query === 'kernel-release') return ran(`${kernel}\n`);
      return ran(query === 'virtual-servers' ? servers : devices);
    },
  });

const drained = table.replace(/(-> 0AF4020B:1F90 +Masq +)1( +0 +1)/, '$10$2');
const many = `${table}${Array.from({ length: 5001 }, (_, n) => `TCP  0A61${(n + 4096).toString(16).toUpperCase()}:0050 rr\n`).join('')}`;

it.each([
  ['sound', {}],
  ['untracked', { values: settings }],
  ['slow-reuse', { values: set({ conntrack: 1, conn_reuse_mode: 1 }), kernel: '5.4.0-150-generic' }],
  ['keeps-gone', { servers: drained }],
  ['estimates-many', { servers: many }],
  ['not-ipvs', { devices: 'eth0\n' }],
] satisfies [string, Seen][])('%s', async (outcome, seen) => expect(await look(seen)).toMatchObject({ outcome }));

describe('raises no alarm', () => {
  it.each([
    ['with the reuse of ports on a kernel that has it right', { values: set({ conntrack: 1, conn_reuse_mode: 1 }) }],
    ['with what kube-proxy sets on an old kernel', { kernel: '4.18.0-193.el8.x86_64' }],
    [
      'with a server that leaves where reused ports choose anew',
      { values: set({ conntrack: 1, conn_reuse_mode: 1 }), servers: drained },
    ],
  ] satisfies [string, Seen][])('%s', async (_, seen) => expect(await look(seen)).toMatchObject({ outcome: 'sound' }));
});

it('names the nodes on which it is otherwise', async () => {
  expect((await look({ values: settings })).facts).toMatchObject({ node: 'node-a', otherwise: ['node-b', 'node-c'] });
  expect((await look({ servers: drained })).facts).toMatchObject({ leaving: ['10.244.2.11:8080'] });
});

it('looks at nothing it does not understand', async () => {
  await expect(look({ servers: `${table}\nSomething new\n` })).rejects.toThrow(CannotLook);
});

it('reads releases, and never throws', () => {
  expect(parseRelease('5.4.0-150-generic\n')).toEqual({ release: '5.4.0-150-generic', major: 5, minor: 4 });
  expect(parseRelease('')).toBeUndefined();
  fc.assert(fc.property(fc.string(), (text) => (parseRelease(text)?.release.length ?? 0) <= 80));
});
