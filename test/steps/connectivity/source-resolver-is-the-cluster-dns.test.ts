import { expect, it } from 'vitest';
import step from '../../../src/steps/connectivity/source-resolver-is-the-cluster-dns.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { client, look, sentences, toCart } from './shop.js';

const config = (nameservers: string[]) => ({ nameservers, search: [], options: {}, problem: '' });
const base = { config: config(['10.96.0.10']), policy: 'ClusterFirst', hostNetwork: false, addresses: ['10.96.0.10'] };

it.each([
  ['cluster', base],
  ['node-local', { ...base, config: config(['169.254.20.10']) }],
  ['other', { ...base, config: config(['192.0.2.53']) }],
  ['by-choice', { ...base, config: config(['192.0.2.53']), policy: 'Default' }],
  ['by-choice', { ...base, config: config(['192.0.2.53']), hostNetwork: true }],
  ['no-resolver', { ...base, config: config([]) }],
  ['no-cluster-dns', { ...base, addresses: [] }],
])('%s %#', (outcome, evidence) =>
  expect(sentences(step, 'source-resolver-is-the-cluster-dns', evidence)).toBe(outcome),
);

it('compares with the DNS Service of kube-system', async () => {
  const kubeDns = {
    metadata: { namespace: 'kube-system', name: 'kube-dns', labels: { 'k8s-app': 'kube-dns' } },
    spec: { clusterIP: '10.77.0.2', clusterIPs: ['10.77.0.2'] },
  };
  const objects = { pods: [client], services: [kubeDns] };
  const {
    judged,
    used,
    ran: queries,
  } = await look(step, toCart, objects, () => ran(recorded('resolv-conf', 'cluster')));
  expect(judged).toMatchObject({
    outcome: 'cluster',
    facts: { nameservers: ['10.77.0.2'], policy: 'ClusterFirst', ndots: '5' },
  });
  expect(used.toSorted()).toEqual(step.reads.toSorted());
  expect(queries).toEqual(['resolver-config']);
});

it('names what made the source, whose template holds its resolver', async () => {
  const owner = { kind: 'DaemonSet', name: 'client', controller: true, apiVersion: 'apps/v1', uid: '7' };
  const made = { ...client, metadata: { ...client.metadata, ownerReferences: [owner] } };
  const { judged } = await look(step, toCart, { pods: [made], services: [] }, () =>
    ran(recorded('resolv-conf', 'cluster')),
  );
  expect(judged).toMatchObject({ facts: { 'source-workload': 'daemonset/client' } });
});
