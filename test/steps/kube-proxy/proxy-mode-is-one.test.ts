import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import step from '../../../src/steps/kube-proxy/proxy-mode-is-one.js';
import { type NodeState, ofCorpus } from '../../parse/rules/on-node.js';
import { ran } from '../../support/fake-world.js';
import { clusterWith, flowTo, lookAt, records } from './clinic.js';

const table = readFileSync(new URL('../../fixtures/ipvs/healthy.txt', import.meta.url), 'utf8');
const refused = ran('\n000\n', { tool: 'curl', exitCode: 7, stderr: 'curl: (7) Failed to connect' });

const saying = (mode: string) => (mode === '' ? refused : ran(`${mode}\n200\n`, { tool: 'curl' }));

interface Seen extends NodeState {
  readonly mode?: string;
  readonly ipvs?: boolean;
  readonly legacy?: string;
}

const look = ({ mode = '', ipvs = false, legacy, ...here }: Seen) =>
  lookAt(step, 'proxy-mode-is-one', {
    here,
    objects: clusterWith(records),
    flow: flowTo(records),
    on: (query) => {
      if (query === 'kube-proxy-port') return saying(mode);
      if (query === 'virtual-servers') return ran(ipvs ? table : '', { exitCode: Number(!ipvs) });
      if (legacy && query === 'packet-table-names') return ran('nat\nfilter\n');
      return legacy && query === 'legacy-packet-rules' ? ran(legacy) : undefined;
    },
  });

it.each([
  ['one', { state: 'as-listed', mode: 'iptables' }],
  ['one', { state: 'as-listed' }],
  ['one', { state: 'nft-as-listed', mode: 'nftables' }],
  ['one', { state: 'nat-flushed', mode: 'ipvs', ipvs: true, devices: ['kube-ipvs0'] }],
  ['none', { state: 'nat-flushed' }],
  ['leftovers', { state: 'leftover-nft', mode: 'iptables' }],
  ['leftovers', { state: 'as-listed', mode: 'ipvs', ipvs: true, devices: ['kube-ipvs0'] }],
  ['several', { state: 'leftover-nft' }],
  [
    'both-backends',
    { state: 'as-listed', mode: 'iptables', legacy: ofCorpus('cached/healthy/node-c/iptables-legacy-save.txt') },
  ],
  ['beside-other', { state: 'as-listed', devices: ['cilium_host'] }],
  ['userspace', { state: 'as-listed', mode: 'userspace' }],
] satisfies [string, Seen][])('%s', async (outcome, seen) => expect((await look(seen)).outcome).toBe(outcome));

it('raises no alarm for an empty IPVS device, nor for a Cilium without rules beside it', async () => {
  expect((await look({ state: 'as-listed', mode: 'iptables', devices: ['kube-ipvs0'] })).outcome).toBe('one');
  expect((await look({ state: 'nft-deleted', devices: ['cilium_host'] })).result).toBe('unsure');
});

it('never fails for rules alone', () => expect(Object.values(step.outcomes)).not.toContain('fail'));
