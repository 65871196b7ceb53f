import { expect, it } from 'vitest';
import { flannelLeaseOf } from '../../../src/domain/flannel-lease.js';
import { parseLinks } from '../../../src/parse/links/links.js';
import step from '../../../src/steps/cni/tunnel-peers-are-current.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';

const look = looking(step, 'tunnel-peers-are-current');
const flannel = 'flannel.alpha.coreos.com';
const ends = {
  'node-a': { address: 'fd00:10::11', range: 'fd00:244:1::/64', mac: '0e:00:00:00:00:11' },
  'node-b': { address: 'fd00:10::12', range: 'fd00:244:2::/64', mac: '0e:00:00:00:00:12' },
} as const;
type Name = keyof typeof ends;
const names: readonly Name[] = ['node-a', 'node-b'];

const node = (name: Name) => ({
  metadata: {
    name,
    annotations: {
      [`${flannel}/backend-type`]: 'vxlan',
      [`${flannel}/backend-data`]: 'null',
      [`${flannel}/backend-v6-data`]: JSON.stringify({ VNI: 1, VtepMAC: ends[name].mac }),
      [`${flannel}/public-ipv6`]: ends[name].address,
    },
  },
  spec: { podCIDR: ends[name].range, podCIDRs: [ends[name].range] },
  status: {
    addresses: [{ type: 'InternalIP', address: ends[name].address }],
    conditions: [{ type: 'Ready', status: 'True' }],
  },
});
const pod = (name: string, nodeName: Name, podIP: string) => ({
  metadata: { namespace: 'shop', name },
  spec: { nodeName, containers: [{ name: 'web', ports: [{ containerPort: 8080, protocol: 'TCP' }] }] },
  status: { phase: 'Running', podIP, podIPs: [{ ip: podIP }] },
});
const objects = {
  nodes: names.map(node),
  pods: [pod('client', 'node-a', 'fd00:244:1::5'), pod('cart', 'node-b', 'fd00:244:2::5')],
};

const files = { 'ip-links': 'addr', 'ip-neighbours': 'neigh', 'bridge-fdb': 'fdb' };
/** The recorded node is node-a; node-b is the same with the ends changed. */
const said = (query: string, name: Name, change: (text: string) => string) => {
  const text = recorded('ip-v6', files[query as keyof typeof files]);
  const pairs = [
    ['fd00:10::11', 'fd00:10::12'],
    ['fd00:244:1::', 'fd00:244:2::'],
    ['0e:00:00:00:00:11', '0e:00:00:00:00:12'],
  ] as const;
  const swapped = pairs.reduce(
    (all, [one, other]) => all.replaceAll(one, '\u0000').replaceAll(other, one).replaceAll('\u0000', other),
    text,
  );
  return ran(change(name === 'node-a' ? text : swapped));
};
const seen = (change: (text: string) => string = (text) => text) =>
  look(objects, {
    flow: {
      from: { kind: 'pod', namespace: 'shop', name: 'client' },
      to: { kind: 'pod', namespace: 'shop', name: 'cart' },
      protocol: 'TCP',
      port: 8080,
    },
    answers: { node: (query, _, name) => said(query, name as Name, name === 'node-a' ? change : (text) => text) },
  });

it('reads a tunnel between IPv6 addresses, as JSON and as text', () => {
  const tunnel = (name: string) =>
    parseLinks(recorded('ip-v6', name)).rows.find((link) => link.name === 'flannel-v6.1')?.tunnel;
  expect(tunnel('addr')).toEqual({ id: 1, port: 8472, local: 'fd00:10::11', link: 'eth0' });
  expect(tunnel('addr-text')).toEqual(tunnel('addr'));
});

it('believes the annotations of the family that Pods have first', () => {
  const both = node('node-a');
  expect(flannelLeaseOf(both)).toMatchObject({ publicAddress: 'fd00:10::11', mac: ends['node-a'].mac, id: 1 });
  const annotations = { ...both.metadata.annotations, [`${flannel}/public-ip`]: '10.0.0.11' };
  const dual = {
    ...both,
    metadata: { ...both.metadata, annotations },
    spec: { podCIDRs: ['10.244.1.0/24', 'fd00:244:1::/64'] },
  };
  expect(flannelLeaseOf(dual)).toMatchObject({ publicAddress: '10.0.0.11', mac: '' });
});

it('current: raises no alarm in a cluster without IPv4', async () => {
  expect((await seen()).outcome).toBe('current');
});

it('old-hardware-address, old-host-address, no-tunnel: as over IPv4', async () => {
  const found = await seen((text) => text.replace('"lladdr":"0e:00:00:00:00:12"', '"lladdr":"0e:00:00:00:00:99"'));
  expect(found).toMatchObject({
    outcome: 'old-hardware-address',
    facts: { device: 'flannel-v6.1', found: '0e:00:00:00:00:99' },
  });
  expect((await seen((text) => text.replace('"dst":"fd00:10::12"', '"dst":"fd00:10::99"'))).outcome).toBe(
    'old-host-address',
  );
  const without = (text: string) => text.replaceAll('flannel-v6.1', 'other');
  expect(await seen(without)).toMatchObject({ outcome: 'no-tunnel', facts: { wanted: 'flannel-v6.1 up' } });
});
