import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/kube-proxy/node-port-rules-match-endpoints.js';
import { stateFile } from '../../parse/rules/on-node.js';
import { ran } from '../../support/fake-world.js';
import { endpoints, flow, from, lobby, lookIn } from './lobby.js';

const look = lookIn(step, 'node-port-rules-match-endpoints');
const guest = from('guest');
const clerk = from('clerk');
const outside = { kind: 'outside', address: '203.0.113.7' } as const;
const stranger = { kind: 'outside', address: '192.0.2.77' } as const;
const { near, far } = endpoints;

describe.each([
  ['iptables', 'doors', 'default'],
  ['nftables', 'doors-nft', 'nft'],
])('in %s mode', (_, state, config) => {
  it.each([
    ['a node port', guest, 'node-b', 30_080, 'match'],
    ['a node port of a node without endpoints', guest, 'node-b', 30_081, 'local-elsewhere'],
    ['a node port with an endpoint on the node', guest, 'node-b', 30_083, 'match'],
    ['a node port of a Service without endpoints', guest, 'node-b', 30_085, 'none-as-listed'],
    ['an external address', clerk, '198.51.100.60', 80, 'match'],
    ['an address of a load balancer, from a Pod', clerk, '198.51.100.50', 80, 'match'],
    ['the same from outside', outside, '198.51.100.52', 80, 'match'],
    ['an address that only some may ask', outside, '198.51.100.51', 80, 'match'],
    ['the same for others', stranger, '198.51.100.51', 80, 'source-not-allowed'],
    ['the same for a Pod', clerk, '198.51.100.51', 80, 'source-not-allowed'],
    ['a port of nobody', guest, 'node-b', 30_999, 'not-a-node-port'],
  ] as const)('%s', async (__, source, to, port, outcome) => {
    expect(await look({ flow: flow(source, to, port), state, config })).toMatchObject({ outcome });
  });

  it('tells stale and missing endpoints by name', async () => {
    const seen = { flow: flow(guest, 'node-b', 30_080), state, config };
    expect(await look({ ...seen, objects: lobby({ desk: [near] }) })).toMatchObject({
      outcome: 'stale',
      facts: { stale: ['10.244.2.9:8080'], owner: 'lobby/desk', node: 'node-b' },
    });
    const third = { ...far, addresses: ['10.244.2.10'] };
    expect(await look({ ...seen, objects: lobby({ desk: [near, far, third] }) })).toMatchObject({
      outcome: 'missing',
      facts: { missing: ['10.244.2.10:8080'] },
    });
    expect(
      await look({ ...seen, flow: flow(guest, 'node-b', 30_085), objects: lobby({ attic: [far] }) }),
    ).toMatchObject({
      outcome: 'rejects',
    });
  });
});

it.each([
  ['left-out', 'doors-left-out', '10.0.0.12', 'one-address'],
  ['left-out', 'doors-one-address', '10.0.1.12', 'one-address'],
  ['match', 'doors-one-address', '10.0.0.12', 'one-address'],
  ['primary-only', 'doors-nft', '10.0.1.12', 'nft'],
  ['left-out', 'doors-nft-addresses', '10.0.0.12', 'one-address'],
  ['match', 'doors-nft-all', '10.0.1.12', 'nft'],
  ['left-out', 'doors-no-localhost', '127.0.0.1', 'no-localhost'],
  // Nobody says which addresses are meant, so a missing way in may be anybody's work.
  ['not-reached', 'doors-left-out', '10.0.0.12', ''],
  ['no-rules', 'nat-flushed', '10.0.0.12', 'default'],
])('%s: %s at %s', async (outcome, state, address, config) => {
  const source = address === '127.0.0.1' ? from('porter') : guest;
  expect(await look({ flow: flow(source, address, 30_080), state, config })).toMatchObject({ outcome });
});

it('names the addresses that take node ports, and what was configured', async () => {
  const found = await look({
    flow: flow(guest, '10.0.1.12', 30_080),
    state: 'doors-one-address',
    config: 'one-address',
  });
  expect(found.facts).toMatchObject({ open: ['10.0.0.12'], configured: ['10.0.0.0/24'], mode: 'iptables' });
});

describe('with rules of others', () => {
  const rules = (change: (text: string) => string, state = 'doors') => ({
    on: (query: string, _: object, node: string) =>
      query === 'packet-rules' && node === 'node-b' ? ran(change(stateFile(state, 'packet-rules.txt'))) : undefined,
  });
  const at = { flow: flow(guest, 'node-b', 30_080) };

  it('tells what stops a packet before it is translated', async () => {
    const raw = '*raw\n:PREROUTING ACCEPT [0:0]\n[3:180] -A PREROUTING -p tcp -m tcp --dport 30080 -j DROP\nCOMMIT\n';
    expect(await look({ ...at, ...rules((text) => raw + text) })).toMatchObject({
      outcome: 'stopped-before',
      facts: { otherwise: ['node-a', 'node-c'] },
    });
  });

  it.each([
    ['not-reached', /^.* -A KUBE-SERVICES .*-j KUBE-NODEPORTS\n/m],
    ['not-translated', /^.* -A KUBE-NODEPORTS -p tcp .*30080 -j .*\n/gm],
    ['not-masqueraded', /^.* -A KUBE-EXT-EJUMYEIDPHSS63FC .*-j KUBE-MARK-MASQ\n/m],
  ])('%s', async (outcome, gone) => {
    expect(await look({ ...at, ...rules((text) => text.replace(gone, '')) })).toMatchObject({ outcome });
  });

  it('tells who sends it elsewhere', async () => {
    const first = '[0:0] -A PREROUTING -p tcp -m tcp --dport 30080 -j REDIRECT --to-ports 8080\n';
    const put = (text: string) => text.replace(/^.* -A PREROUTING .*-j KUBE-SERVICES/m, (line) => first + line);
    expect(await look({ ...at, ...rules(put) })).toMatchObject({ outcome: 'diverted' });
  });

  it('tells a second backend or mode that goes its own way', async () => {
    const legacy =
      '*nat\n:PREROUTING ACCEPT [0:0]\n[0:0] -A PREROUTING -p tcp --dport 30080 -j DNAT --to-destination 10.244.9.9:8080\nCOMMIT\n';
    const beside = (query: string) => {
      if (query === 'packet-table-names') return ran('nat\n');
      return query === 'legacy-packet-rules' ? ran(legacy) : undefined;
    };
    expect(await look({ ...at, on: beside })).toMatchObject({ outcome: 'both-backends' });
    const leftover = stateFile('doors-nft', 'nft-ip-kube-proxy.json').replaceAll('10.244.2.9', '10.244.2.99');
    const tables = stateFile('doors-nft', 'nft-tables.json');
    const two = (query: string) => {
      if (query === 'nft-table') return ran(leftover);
      return query === 'nft-tables'
        ? ran(tables)
        : query === 'packet-rules'
          ? ran(stateFile('doors', 'packet-rules.txt'))
          : undefined;
    };
    expect(await look({ ...at, on: two })).toMatchObject({ outcome: 'two-modes' });
  });

  it('knows that Cilium serves Services without any rule', async () => {
    const on = (query: string) => (query === 'device-names' ? ran('cilium_host\neth0\n') : undefined);
    expect(await look({ ...at, state: 'nat-flushed', on })).toMatchObject({ outcome: 'replaced' });
  });
});

describe('in IPVS mode', () => {
  const table = readFileSync(new URL('../../fixtures/ipvs/healthy.txt', import.meta.url), 'utf8');
  // The recorded node is 10.0.0.13, its Service "web" has the node ports 30080 and 30081.
  const inIpvs = (text: string) => ({
    on: (query: string) => {
      if (query === 'virtual-servers') return ran(text);
      return query === 'device-names' ? ran('kube-ipvs0\neth0\ncni0\n') : undefined;
    },
    state: 'doors-ipvs',
  });
  const recorded = [
    { ...near, addresses: ['10.244.1.11'] },
    { ...far, addresses: ['10.244.2.11'] },
  ];
  const objects = lobby({ desk: recorded });
  const seen = { flow: flow(guest, 'node-c', 30_080), objects };

  it('finds the virtual server of the node port', async () => {
    expect(await look({ ...seen, ...inIpvs(table) })).toMatchObject({ outcome: 'match', facts: { mode: 'iptables' } });
    expect(await look({ ...seen, config: '', ...inIpvs(table) })).toMatchObject({ facts: { mode: 'ipvs' } });
  });

  it('takes a weight of 0 for an endpoint that is missing', async () => {
    const drained = table.replace(/(0A00000D:7580 rr {2}\n {2}-> 0AF4020B:1F90 +Masq +)1/, '$10');
    expect(await look({ ...seen, ...inIpvs(drained) })).toMatchObject({
      outcome: 'missing',
      facts: { missing: ['10.244.2.11:8080'] },
    });
  });

  it('tells an address that was left out', async () => {
    const elsewhere = table.replace('0A00000D:7580', '0A00010D:7580');
    expect(await look({ ...seen, ...inIpvs(elsewhere) })).toMatchObject({
      outcome: 'left-out',
      facts: { open: ['10.0.1.13'] },
    });
  });

  it('tells whether the sets of kube-proxy have the node port masqueraded', async () => {
    const real = { ...seen, ...inIpvs(table) };
    expect(await look(real)).toMatchObject({ outcome: 'match', evidence: { seen: [{ plain: [] }, {}, {}] } });
    const emptied = stateFile('doors-ipvs', 'ip-sets.txt').replace(/^30080\n/m, '');
    const without = (query: string) => (query === 'ip-sets' ? ran(emptied) : real.on(query));
    expect(await look({ ...real, on: without })).toMatchObject({
      outcome: 'not-masqueraded',
      facts: { plain: ['10.244.2.11:8080', '10.244.1.11:8080'] },
    });
    const denied = (query: string) =>
      query === 'ip-sets' ? ran('', { exitCode: 1, stderr: 'Operation not permitted' }) : real.on(query);
    expect(await look({ ...real, on: denied })).toMatchObject({ outcome: 'match' });
  });

  it('says nothing of lines it does not understand', async () => {
    await expect(look({ ...seen, ...inIpvs(`${table}\nSomething new\n`) })).rejects.toThrow(CannotLook);
  });
});

it('raises no alarm where clients of a Service with local policy sit in the cluster', async () => {
  expect(await look({ flow: flow(from('porter'), 'node-b', 30_081) })).toMatchObject({ outcome: 'match' });
});

it('says which node it could not look at', async () => {
  const forbidden = ran('', { exitCode: 4, stderr: 'Permission denied' });
  const blind = (where: string) => (query: string, _: object, node: string) =>
    query === 'packet-rules' && node === where ? forbidden : undefined;
  await expect(look({ flow: flow(guest, 'node-b', 30_080), on: blind('node-b') })).rejects.toThrow(CannotLook);
  const other = await look({ flow: flow(guest, 'node-b', 30_080), on: blind('node-c') });
  expect(other).toMatchObject({ outcome: 'match', evidence: { unseen: [{ node: 'node-c' }] } });
});

it('does not guess who comes from outside where the Service names who may', async () => {
  await expect(look({ flow: flow({ kind: 'outside' }, '198.51.100.51', 80) })).rejects.toThrow(CannotLook);
});

it('tells shares that are far apart, and drops that nothing explains', () => {
  const door = {
    address: '10.0.0.12',
    port: 30_080,
    protocol: 'TCP' as const,
    node: 'node-b',
    loopback: false,
    services: [],
    pods: [],
  };
  const service = { namespace: 'lobby', name: 'desk', port: 80, local: false, ranges: [] };
  const expected = ['10.244.1.4', '10.244.2.9'].map((address) => ({ address, port: 8080, node: 'node-b', pod: '' }));
  const share = (address: string, part: number) => ({ address, port: 8080, share: part, mark: 0, own: true });
  const translation = {
    ...{ from: 'iptables-nft', table: 'ip nat', priority: -100, untouched: 0, affinity: 0, foreign: [], perhaps: [] },
    endpoints: [share('10.244.1.4', 0.9), share('10.244.2.9', 0.1)],
  };
  const view = {
    ...{
      node: 'node-b',
      role: 'destination' as const,
      address: '10.0.0.12',
      unreached: false,
      replacing: [],
      ipvs: false,
    },
    ...{ leftOut: false, open: [], mode: 'iptables', configured: [], plain: [] },
    written: [{ from: 'iptables-nft', services: 3, there: true }],
  };
  const word = (more: object) =>
    step.interpret(
      { door, service, expected, chosen: false, unseen: [], seen: [{ ...view, translations: [], ...more }] } as never,
      flow(guest, 'node-b', 30_080) as never,
    ).outcome;
  expect(word({ translations: [translation] })).toBe('uneven');
  expect(word({ drops: '-j DROP' })).toBe('drops');
});
