import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { load } from '../../../src/policy/load.js';
import { matrix } from '../../../src/policy/matrix/matrix.js';

const matrixOf = (text: string) => {
  const documents = parseAllDocuments(text).map((document, index) => ({
    source: 'a.yaml',
    document: index,
    value: document.toJS() as unknown,
  }));
  const { connections, open } = matrix(load(documents, { namespace: 'shop', engine: 'kubernetes' }));
  return { lines: connections.map(({ from, to, protocol, ports }) => `${from} -> ${to} ${protocol} ${ports}`), open };
};

const workload = (kind: string, name: string, apiVersion = 'apps/v1') =>
  `{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: ${name}}, spec: {template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: a}]}}}}`;
const pod = (name: string, more = '', status = 'phase: Running, podIP: 10.0.0.1') =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, labels: {app: ${name}}${more}}, spec: {containers: [{name: a}]}, status: {${status}}}`;
const owned = (kind: string, name: string) => `, ownerReferences: [{kind: ${kind}, name: ${name}, controller: true}]`;
const policy = (spec: string) =>
  `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: ${spec}}`;
const peersIn = (lines: readonly string[]) =>
  [...new Set(lines.flatMap((line) => [line.split(' ')[0], line.split(' ')[2]]))]
    .filter((name) => name?.includes('shop/'))
    .sort((a, b) => (a ?? '').localeCompare(b ?? ''));
const all = (...documents: string[]) => documents.join('\n---\n');

describe('the peers of a matrix', () => {
  it('are workloads that have no Pods, each with its kind', () => {
    const { lines } = matrixOf(
      all(
        ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map((kind) => workload(kind, 'cart')),
        workload('Job', 'cart', 'batch/v1'),
        '{apiVersion: batch/v1, kind: CronJob, metadata: {name: nightly}, spec: {jobTemplate: {spec: {template: {metadata: {labels: {app: nightly}}, spec: {containers: [{name: a}]}}}}}}',
        workload('ReplicationController', 'old', 'v1'),
      ),
    );
    expect(peersIn(lines)).toEqual([
      'shop/cart[DaemonSet]',
      'shop/cart[Deployment]',
      'shop/cart[Job]',
      'shop/cart[ReplicaSet]',
      'shop/cart[StatefulSet]',
      'shop/nightly[CronJob]',
      'shop/old[ReplicationController]',
    ]);
  });

  it('are the Pods of a workload where they are written down, also past a ReplicaSet', () => {
    const { lines } = matrixOf(
      all(
        workload('Deployment', 'cart'),
        `{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: cart-5d${owned('Deployment', 'cart')}}, spec: {template: {metadata: {labels: {app: cart}}, spec: {containers: [{name: a}]}}}}`,
        pod('cart-5d-x', owned('ReplicaSet', 'cart-5d')),
        workload('StatefulSet', 'till'),
        pod('till-0', owned('StatefulSet', 'till')),
        workload('Deployment', 'idle'),
      ),
    );
    expect(peersIn(lines)).toEqual(['shop/cart-5d-x', 'shop/idle[Deployment]', 'shop/till-0']);
  });

  it('are Deployments whose ReplicaSet is known by its hash only', () => {
    const { lines } = matrixOf(
      all(
        workload('Deployment', 'cart'),
        pod('cart-5d-x', `, labels: {pod-template-hash: 5d}${owned('ReplicaSet', 'cart-5d')}`).replace(
          ', labels: {app: cart-5d-x}',
          '',
        ),
        pod('till'),
      ),
    );
    expect(peersIn(lines)).toEqual(['shop/cart-5d-x', 'shop/till']);
  });

  it('are not Pods that have ended', () => {
    expect(
      peersIn(
        matrixOf(all(pod('cart'), pod('done', '', 'phase: Succeeded'), pod('failed', '', 'phase: Failed'))).lines,
      ),
    ).toEqual(['shop/cart']);
  });

  it('are IPv6 addresses only where something speaks IPv6', () => {
    expect(matrixOf(pod('cart')).lines).toEqual(['shop/cart -> 0.0.0.0/0 * *', '0.0.0.0/0 -> shop/cart * *']);
    expect(matrixOf(pod('cart', '', 'podIP: "fd00::1"')).lines).toEqual([
      'shop/cart -> ::/0 * *',
      '::/0 -> shop/cart * *',
    ]);
    expect(matrixOf(pod('cart', '', 'podIPs: [{ip: 10.0.0.1}, {ip: "fd00::1"}]')).lines).toEqual([
      'shop/cart -> 0.0.0.0/0 * *',
      'shop/cart -> ::/0 * *',
      '0.0.0.0/0 -> shop/cart * *',
      '::/0 -> shop/cart * *',
    ]);
  });
});

describe('the connections of a matrix', () => {
  it('are every protocol one by one, where others such as ICMP are left out', () => {
    const three = '{podSelector: {}, ingress: [{ports: [{protocol: TCP}, {protocol: UDP}, {protocol: SCTP}]}]}';
    expect(matrixOf(all(pod('cart'), policy(three))).lines).toEqual([
      'shop/cart -> 0.0.0.0/0 * *',
      '0.0.0.0/0 -> shop/cart TCP *',
      '0.0.0.0/0 -> shop/cart UDP *',
      '0.0.0.0/0 -> shop/cart SCTP *',
    ]);
  });

  it('join ports and ranges', () => {
    const ports =
      '{podSelector: {}, ingress: [{ports: [{port: 443}, {port: 8000, endPort: 9000}]}, {ports: [{port: 80}, {port: 8500, endPort: 9001}]}]}';
    expect(matrixOf(all(pod('cart'), policy(ports))).lines.at(-1)).toBe('0.0.0.0/0 -> shop/cart TCP 80,443,8000-9001');
  });

  it('cut the space outside at blocks and exceptions, and leave it whole where nothing differs', () => {
    const cut = '{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]}]}';
    expect(matrixOf(all(pod('cart'), policy(cut))).lines).toEqual([
      ...[
        '0.0.0.0-9.255.255.255',
        '10.0.0.0/16',
        '10.1.0.0/16',
        '10.2.0.0-10.255.255.255',
        '11.0.0.0-255.255.255.255',
      ].map((range) => `shop/cart -> ${range} * *`),
      '10.0.0.0/16 -> shop/cart * *',
      '10.2.0.0-10.255.255.255 -> shop/cart * *',
    ]);
    const halves =
      '{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/1}}, {ipBlock: {cidr: 128.0.0.0/1}}]}]}';
    expect(matrixOf(all(pod('cart'), policy(halves))).lines).toEqual([
      'shop/cart -> 0.0.0.0/0 * *',
      '0.0.0.0/0 -> shop/cart * *',
    ]);
  });

  it('are only those that both sides allow', () => {
    const out =
      '{podSelector: {matchLabels: {app: cart}}, policyTypes: [Egress], egress: [{to: [{podSelector: {}}], ports: [{port: 80}, {port: 81}]}]}';
    const inward = '{podSelector: {matchLabels: {app: till}}, ingress: [{ports: [{port: 81}, {port: 82}]}]}';
    const { lines } = matrixOf(
      all(pod('cart'), pod('till', '', 'podIP: 10.0.0.2'), policy(out), policy(inward).replace('name: p', 'name: q')),
    );
    expect(lines).toEqual([
      'shop/cart -> shop/till TCP 81',
      'shop/till -> shop/cart * *',
      'shop/till -> 0.0.0.0/0 * *',
      '0.0.0.0/0 -> shop/cart * *',
      '0.0.0.0/0 -> shop/till TCP 81-82',
    ]);
  });

  it('are free between a Pod and one in the network of its node', () => {
    const on = (node: string) => `spec: {nodeName: ${node}, `;
    const host = pod('agent', '', 'podIP: 192.168.0.1').replace('spec: {', `${on('a')}hostNetwork: true, `);
    const { lines } = matrixOf(
      all(
        host,
        pod('near').replace('spec: {', on('a')),
        pod('far', '', 'podIP: 10.0.0.2').replace('spec: {', on('b')),
        policy('{podSelector: {}}'),
      ),
    );
    expect(lines.filter((line) => line.startsWith('shop/agent -> shop/'))).toEqual(['shop/agent -> shop/near * *']);
  });

  it('leave out what cannot be known, and say so', () => {
    const found = matrixOf(
      all(
        pod('fresh', '', 'phase: Pending'),
        pod('cart'),
        policy('{podSelector: {matchLabels: {app: cart}}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}'),
      ),
    );
    expect(found.lines.filter((line) => line.startsWith('shop/fresh -> shop/cart'))).toEqual([]);
    expect(found.open).toEqual([{ from: 'shop/fresh', to: 'shop/cart' }]);
  });
});
