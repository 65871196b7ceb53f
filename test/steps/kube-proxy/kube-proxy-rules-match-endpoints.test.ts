import { describe, expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/kube-proxy/kube-proxy-rules-match-endpoints.js';
import { type NodeState, ofCorpus } from '../../parse/rules/on-node.js';
import { type FakeObjects, ran } from '../../support/fake-world.js';
import { clusterWith, flowTo, lookAt, mould, oven, records } from './clinic.js';

const id = 'kube-proxy-rules-match-endpoints';
const look = (here: NodeState, objects: FakeObjects = clusterWith(records), flow = flowTo(records)) =>
  lookAt(step, id, { here, others: { state: 'as-listed' }, objects, flow });
const lookNft = (state: string, objects = clusterWith(oven)) =>
  lookAt(step, id, { here: { state }, others: { state: 'nft-as-listed' }, objects, flow: flowTo(oven) });

it.each([
  ['match', 'as-listed', []],
  ['not-translated', 'one-jump-missing', ['node-b', 'node-c']],
  ['not-reached', 'jump-deleted', ['node-b', 'node-c']],
  ['not-reached', 'foreign-first', ['node-b', 'node-c']],
  ['no-rules', 'nat-flushed', ['node-b', 'node-c']],
  ['stale', 'dead-pod', ['node-b', 'node-c']],
  ['diverted', 'redirect', ['node-b', 'node-c']],
  ['both-backends', 'legacy-beside', ['node-b', 'node-c']],
  ['two-modes', 'leftover-nft', ['node-b', 'node-c']],
  ['rejects', 'rejecting', ['node-b', 'node-c']],
])('%s', async (outcome, state, otherwise) => {
  const found = await look({ state });
  expect(found).toMatchObject({ outcome, facts: { node: 'node-a', otherwise } });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

it('not-reached: a flush is not hidden by what kube-proxy writes afterwards, the new and no way to it', async () => {
  expect(await look({ state: 'flushed-then-written' }, clusterWith(mould), flowTo(mould))).toMatchObject({
    outcome: 'not-reached',
    facts: { node: 'node-a' },
  });
});

it.each([
  ['match', 'nft-as-listed'],
  ['match', 'nft-affinity'],
  ['no-rules', 'nft-deleted'],
  ['rejects', 'nft-rejecting'],
])('%s in nftables mode', async (outcome, state) => {
  expect(await lookNft(state)).toMatchObject({ outcome });
});

it('names the endpoints that are stale, and those that are listed', async () => {
  const { facts } = await look({ state: 'dead-pod' });
  expect(facts).toMatchObject({ stale: ['10.244.1.233:8700'], listed: ['10.244.1.4:8700'] });
});

it('names an endpoint that is missing', async () => {
  const objects = clusterWith({ ...records, endpoints: ['10.244.1.4', '10.244.2.9'] });
  expect(await look({ state: 'as-listed' }, objects)).toMatchObject({
    outcome: 'missing',
    facts: { missing: ['10.244.2.9:8700'] },
  });
});

it('says how the rules look where everything is as it should be', async () => {
  const { evidence } = await lookNft('nft-affinity');
  expect(evidence.seen[0].translations).toMatchObject([
    { from: 'nftables', affinity: 10_800, endpoints: [{ address: '10.244.1.3', port: 8450, share: 1 }] },
  ]);
});

describe('raises no false alarm', () => {
  it('where zones choose among the endpoints', async () => {
    const objects = clusterWith({ ...records, endpoints: ['10.244.1.4', '10.244.2.9'] });
    const hinted = objects.endpointslices?.map((slice) => ({
      ...slice,
      endpoints: slice.endpoints?.map((endpoint) => ({ ...endpoint, hints: { forZones: [{ name: 'z' }] } })),
    }));
    expect(await look({ state: 'as-listed' }, { ...objects, endpointslices: hinted ?? [] })).toMatchObject({
      outcome: 'match',
    });
  });

  it('where nothing is listed and kube-proxy refuses', async () => {
    const objects = clusterWith({ ...records, endpoints: [] });
    expect(await look({ state: 'rejecting' }, objects)).toMatchObject({ outcome: 'none-as-listed' });
  });

  it('where Cilium serves Services and there is no rule at all', async () => {
    const devices = ['cilium_host', 'cilium_net', 'eth0', 'lo', 'lxc12'];
    expect(await look({ state: 'nat-flushed', devices })).toMatchObject({
      outcome: 'replaced',
      facts: { replacing: ['cilium_host', 'cilium_net'] },
    });
  });

  it('where IPVS serves them', async () => {
    const devices = ['cni0', 'kube-ipvs0'];
    expect(await look({ state: 'nat-flushed', devices, local: true })).toMatchObject({ outcome: 'by-ipvs' });
    // Without the address IPVS is to say that it is gone: packet rules of Services are on no node of this mode.
    expect(await look({ state: 'nat-flushed', devices, local: false })).toMatchObject({ outcome: 'by-ipvs' });
    // What another mode left does not speak for its rules.
    expect(await look({ state: 'as-listed', devices, local: false })).toMatchObject({ outcome: 'match' });
    expect(await look({ state: 'rejecting', devices, local: false })).toMatchObject({ outcome: 'rejects' });
  });

  it('for a Service without an address', async () => {
    const objects = clusterWith({ ...records, address: 'None' });
    expect(await look({ state: 'as-listed' }, objects)).toMatchObject({ outcome: 'no-address' });
  });

  it('for rules with shares that differ a little', () => {
    expect(step.outcomes.uneven).toBe('warn');
  });
});

it('tells uneven shares', () => {
  const place = (address: string, share: number) => ({ address, port: 8700, share, mark: 0, own: true });
  const target = (address: string) => ({ address, port: 8700, node: 'node-b', pod: '' });
  const translation = { from: 'iptables-nft', table: 'ip nat', priority: -100, untouched: 0, affinity: 0 };
  const endpoints = [place('10.244.1.4', 0.9), place('10.244.1.5', 0.1)];
  const evidence = {
    service: { address: '10.96.114.96', port: 8700, protocol: 'tcp' },
    expected: [target('10.244.1.4'), target('10.244.1.5')],
    chosen: false,
    local: false,
    unseen: [],
    seen: [
      {
        node: 'node-a',
        role: 'source' as const,
        translations: [{ ...translation, endpoints, foreign: [], perhaps: [] }],
        written: [],
        unreached: false,
        replacing: [],
        ipvs: false,
      },
    ],
  };
  expect(step.interpret(evidence, flowTo(records)).outcome).toBe('uneven');
  const [seen] = evidence.seen;
  const dropping = {
    ...seen,
    drops: 'DROP',
    translations: [],
    written: [{ from: 'nftables', services: 3, there: true }],
  };
  expect(step.interpret({ ...evidence, seen: [dropping] as never }, flowTo(records)).outcome).toBe('drops');
});

it.each([
  ['a line that is no rule', ran(`${ofCorpus('plain/healthy/node-b/iptables-save.txt')}\n-X what is this\n`)],
  ['no right to see the rules', ran('', { exitCode: 4, stderr: 'Could not fetch rule set generation id' })],
])('looks at nothing it cannot see: %s', async (_, run) => {
  const other = (query: string) => (query === 'packet-rules' ? run : undefined);
  await expect(look({ state: 'as-listed', other })).rejects.toThrow(CannotLook);
});

// The nodes of the clusters in which the lab broke kube-proxy, as they were recorded then.
it.each([
  [
    'plain/proxy-frozen/node-a',
    { namespace: 'ferry', name: 'tickets', address: '10.96.230.140', target: 8100 },
    ['10.244.1.6:8100', '10.244.1.7:8100'],
  ],
  [
    'cached/xtables-lock-held/node-c',
    { namespace: 'garage', name: 'parts', address: '10.96.213.134', target: 8330 },
    ['10.244.1.3:8330', '10.244.1.4:8330'],
  ],
])('finds the old endpoints that the rules of %s still lead to', async (place, service, stale) => {
  const parts = { ...service, port: 80, endpoints: ['10.244.2.20', '10.244.2.21'] };
  const legacy = place.startsWith('cached');
  const other = (query: string) => {
    if (query === 'packet-rules') return ran(ofCorpus(`${place}/iptables-save.txt`));
    if (query === 'packet-table-names') return ran(ofCorpus(`${place}/ip-tables-names.txt`));
    return query === 'packet-rules-version' ? ran(`iptables v1.8.9 (${legacy ? 'legacy' : 'nf_tables'})`) : undefined;
  };
  const found = await look({ state: legacy ? 'nft-none' : 'as-listed', other }, clusterWith(parts), flowTo(parts));
  expect(found).toMatchObject({ outcome: 'stale', facts: { stale } });
});

it.each([
  ['plain/healthy/node-b', ['10.244.1.2', '10.244.2.2']],
  ['doors/healthy/node-b', ['10.244.0.2', '10.244.1.2']],
  ['routed/healthy/node-b', ['10.244.1.2']],
  ['cached/healthy/node-c', ['10.244.0.2', '10.244.1.2']],
])('finds nothing wrong on a healthy node: %s', async (place, endpoints) => {
  const dns = { namespace: 'kube-system', name: 'kube-dns', address: '10.96.0.10', port: 53, target: 53, endpoints };
  const other = (query: string) => {
    if (query === 'packet-rules') return ran(ofCorpus(`${place}/iptables-save.txt`));
    if (query === 'packet-table-names') return ran(ofCorpus(`${place}/ip-tables-names.txt`));
    return query === 'packet-rules-version' ? ran(ofCorpus(`${place}/iptables-version.txt`)) : undefined;
  };
  const state = place.startsWith('cached') ? 'nft-none' : 'as-listed';
  expect(await look({ state, other }, clusterWith(dns), flowTo(dns))).toMatchObject({ outcome: 'match' });
});
