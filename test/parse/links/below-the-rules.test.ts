import { describe, expect, it } from 'vitest';
import { parseIpsecErrors } from '../../../src/parse/kernel/ipsec-errors.js';
import { parseQueues } from '../../../src/parse/kernel/queue-disciplines.js';
import { parseAddressOwners } from '../../../src/parse/links/address-owners.js';
import { parsePacketHooks } from '../../../src/parse/links/packet-hooks.js';
import { parseRules } from '../../../src/parse/links/rules.js';
import { parseWireguardPeers } from '../../../src/parse/links/wireguard-peers.js';
import { corpus } from '../corpus.js';
import { recorded } from '../recorded.js';

describe('arping', () => {
  const owners = (name: string) => parseAddressOwners(recorded('arping', name));
  it('names everybody who answers, once', () => {
    expect(owners('one')).toMatchObject({ owners: ['02:00:00:00:00:12'], understood: true });
    expect(owners('two').owners).toEqual(['02:00:00:00:00:13', '02:00:00:00:00:12']);
    expect(owners('busybox').owners).toEqual(['02:00:00:00:00:12']);
  });
  it('tells silence from a question that was never asked', () => {
    expect(owners('none')).toMatchObject({ owners: [], understood: true });
    expect(owners('no-device')).toMatchObject({ owners: [], understood: false });
  });
});

describe('wg', () => {
  it('tells when each end last agreed', () => {
    expect(parseWireguardPeers(recorded('wg', 'fresh-and-never'))).toEqual({
      rows: [
        { device: 'flannel-wg', allowed: ['10.244.2.0/24'], agreedAgo: 93, received: 348, sent: 436 },
        { device: 'flannel-wg', allowed: ['10.244.3.0/24'], received: 0, sent: 2664 },
      ],
      understood: true,
      strange: [],
    });
    expect(parseWireguardPeers(recorded('wg', 'old-and-never')).rows[0]?.agreedAgo).toBe(294);
  });
  it('claims nothing of lists that do not fit each other', () => {
    const whole = recorded('wg', 'fresh-and-never');
    expect(parseWireguardPeers(whole.replace('flannel-wg\t0\n', '')).understood).toBe(false);
    expect(parseWireguardPeers(whole.replace('== end', '')).understood).toBe(false);
    expect(parseWireguardPeers('').understood).toBe(false);
  });
  it('takes a node without peers for one', () => {
    const none = recorded('wg', 'fresh-and-never').replaceAll(/^flannel-wg.*\n/gm, '');
    expect(parseWireguardPeers(none)).toEqual({ rows: [], understood: true, strange: [] });
  });
});

describe('tc', () => {
  it('reads the same from JSON and from text', () => {
    const json = parseQueues(recorded('tc', 'qdisc-after'));
    expect(json).toEqual(parseQueues(recorded('tc', 'qdisc-text')));
    expect(json.rows.find(({ device }) => device === 'veth1')).toEqual({
      ...{ device: 'veth1', kind: 'tbf', rate: 1_000_000, drops: 394, overlimits: 404, waiting: 0 },
    });
  });
  it('reads a real node', () => {
    expect(parseQueues(corpus('plain/healthy/node-b/tc-qdisc.json')).understood).toBe(true);
    expect(parseQueues(corpus('plain/healthy/node-b/tc-qdisc.txt'))).toEqual(
      parseQueues(corpus('plain/healthy/node-b/tc-qdisc.json')),
    );
  });
  it('claims nothing of other words', () => {
    expect(parseQueues('Object "qdisc" is unknown').understood).toBe(false);
    expect(parseQueues('').understood).toBe(false);
  });
});

describe('programs on devices', () => {
  const found = [
    { device: 'eth0', way: 'ingress', name: 'edr_sensor_in', id: 97 },
    { device: 'eth0', way: 'xdp', name: 'packet_guard', id: 99 },
    { device: 'veth1', way: 'ingress', name: 'cil_from_contai', id: 98 },
  ];
  it('are named by whoever knows the name, each once', () => {
    expect(parsePacketHooks(recorded('bpftool', 'hooks'))).toEqual({ hooks: found, understood: true });
    expect(parsePacketHooks(recorded('bpftool', 'hooks-without-bpftool'))).toEqual({ hooks: found, understood: true });
  });
  it('are known from bpftool alone', () => {
    const [net = ''] = recorded('bpftool', 'hooks').split('== eth0 ingress');
    const ids = parsePacketHooks(net).hooks.map(({ id }) => id);
    expect(ids.toSorted((a, b) => a - b)).toEqual([97, 98, 99]);
  });
  it('are not called absent where no device was shown', () => {
    expect(parsePacketHooks('== net\n').understood).toBe(false);
  });
});

it('reads what IPsec threw away', () => {
  const errors = parseIpsecErrors(recorded('xfrm', 'stat'));
  expect(errors).toMatchObject({ XfrmInError: 0, XfrmInNoStates: 0 });
  expect(parseIpsecErrors('cat: /proc/net/xfrm_stat: No such file or directory')).toBeUndefined();
});

it('reads the rules of nm-cloud-setup as JSON and as text', () => {
  const json = parseRules(recorded('ip', 'rule-cloud-setup-newer'));
  expect(json.rows.map(({ priority, table }) => [priority, table])).toContainEqual([30_400, '30400']);
  expect(parseRules(recorded('ip', 'rule-cloud-setup-text')).rows).toEqual(json.rows);
});
