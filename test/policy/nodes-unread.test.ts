import { describe, expect, it } from 'vitest';
import { readPolicyEnd } from '../../src/policy/ends/written-end.js';
import { evaluate } from '../../src/policy/flow/evaluate.js';
import { matrix } from '../../src/policy/matrix/matrix.js';
import { adminPolicy, clusterPolicy } from './admin/tables.js';
import { checkAsk, shopWith, unreadShopWith } from './asking.js';
import { clusterwide, ofCheckout, toCart } from './cilium/tables.js';

const closed = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: closed, namespace: shop }
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}`;
const toNodes = closed.replace(
  'podSelector: {}, policyTypes: [Ingress, Egress]',
  'podSelector: {matchLabels: {app: checkout}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 192.168.0.0/24}}]}]',
);
const west = (action: string) =>
  `{ priority: 5, subject: { namespaces: {} }, egress: [{ action: ${action}, to: [{ nodes: { matchLabels: { zone: west } } }] }] }`;
const calicoNets = `apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: nets, namespace: shop }
spec: { selector: app == 'checkout', types: [Egress], egress: [{ action: Allow, destination: { nets: [192.168.0.0/24] } }] }`;
const hostEndpoint = `apiVersion: projectcalico.org/v3
kind: HostEndpoint
metadata: { name: east }
spec: { node: node-a, interfaceName: eth0 }
---
${calicoNets}`;
const hostFirewall = clusterwide('hosts', '{ nodeSelector: { matchLabels: { zone: west } }, ingress: [{}] }');

type Engine = 'kubernetes' | 'calico' | 'cilium';
const tables: Record<string, readonly [manifests: string, engine: Engine, asks: readonly string[]]> = {
  'NetworkPolicy: the own node may be at any address': [
    closed,
    'kubernetes',
    [
      'shop/checkout -> shop/cart 80 denied',
      '192.168.0.12 -> shop/cart 8080 unknown nodes-unread node-unknown',
      '203.0.113.9 -> shop/cart 8080 unknown nodes-unread',
      'shop/cart -> 192.168.0.12 10250 unknown nodes-unread',
      'shop/agent -> shop/cart 8080 allowed own-node',
      'shop/agent -> shop/checkout 8080 denied',
      'node/node-b -> shop/cart 8080 allowed own-node nodes-unread',
      'node/node-a -> shop/cart 8080 denied nodes-unread',
      'control-plane -> shop/cart 80 unknown nodes-unread',
    ],
  ],
  'NetworkPolicy: an ipBlock asks for the address of a node': [
    toNodes,
    'kubernetes',
    [
      'shop/checkout -> 192.168.0.12 443 allowed nodes-unread',
      'shop/checkout -> node/node-b 443 unknown address-unknown nodes-unread',
      'shop/checkout -> shop/agent 80 allowed',
    ],
  ],
  'NetworkPolicy: a node port is reached through some node': [
    closed.replaceAll('shop', 'payments'),
    'kubernetes',
    ['203.0.113.9 -> svc/payments/door 80 unknown source-rewritten nodes-unread'],
  ],
  'AdminNetworkPolicy: nodes by their labels': [
    adminPolicy('west', west('Deny')),
    'kubernetes',
    [
      'shop/checkout -> node/node-b 443 unknown node-labels-unknown nodes-unread',
      'shop/checkout -> 192.168.0.12 443 unknown nodes-unread',
      'shop/checkout -> shop/agent 443 unknown nodes-unread',
      'shop/checkout -> outside 443 unknown nodes-unread',
      'shop/checkout -> shop/cart 8080 allowed',
    ],
  ],
  'ClusterNetworkPolicy: nodes by their labels': [
    clusterPolicy('west', west('Deny').replace('{ ', '{ tier: Admin, ')),
    'kubernetes',
    ['shop/checkout -> 192.168.0.12 443 unknown nodes-unread', 'shop/checkout -> shop/cart 8080 allowed'],
  ],
  'Calico: networks, and endpoints of hosts': [
    hostEndpoint,
    'calico',
    [
      'shop/checkout -> 192.168.0.12 443 unknown host-endpoint nodes-unread',
      'shop/checkout -> node/node-b 443 unknown address-unknown nodes-unread',
      'shop/checkout -> shop/cart 443 denied',
    ],
  ],
  'Calico: networks': [calicoNets, 'calico', ['shop/checkout -> 192.168.0.12 443 allowed nodes-unread']],
  'Cilium: entities': [
    toCart('{ fromEntities: [remote-node] }'),
    'cilium',
    [
      '192.168.0.11 -> shop/cart 80 unknown nodes-unread',
      'shop/agent -> shop/cart 80 allowed own-node',
      'shop/checkout -> shop/cart 80 denied',
    ],
  ],
  'Cilium: no CIDR means a node': [
    ofCheckout('{ toCIDR: [192.168.0.0/24] }'),
    'cilium',
    ['shop/checkout -> 192.168.0.12 443 unknown nodes-unread', 'shop/checkout -> node/node-b 443 denied nodes-unread'],
  ],
  'Cilium: nodes by their labels': [
    ofCheckout('{ toNodes: [{ matchLabels: { zone: west } }] }'),
    'cilium',
    ['shop/checkout -> node/node-b 443 unknown node-labels nodes-unread', 'shop/checkout -> shop/cart 80 denied'],
  ],
  'Cilium: the firewall of hosts': [
    hostFirewall,
    'cilium',
    ['shop/checkout -> node/node-b 443 unknown host-firewall', 'shop/checkout -> shop/cart 80 allowed'],
  ],
};

describe('where nodes could not be read', () => {
  it.each(Object.entries(tables))('%s', (_, [manifests, engine, asks]) => {
    const loaded = unreadShopWith(manifests, engine);
    expect(loaded.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    for (const ask of asks) checkAsk(loaded, ask);
  });

  const ends =
    'shop/checkout shop/cart shop/agent shop/dual shop/fresh payments/till node/node-a node/node-b 192.168.0.11 192.168.0.12 203.0.113.9 10.1.1.12 control-plane svc/shop/partner svc/payments/door'.split(
      ' ',
    );

  it.each(Object.entries(tables))('nothing is said that the nodes would change: %s', (_, [manifests, engine]) => {
    const [read, unread] = [shopWith(manifests, engine), unreadShopWith(manifests, engine)];
    let sure = 0;
    for (const from of ends.filter((end) => !end.startsWith('svc/shop/partner')))
      for (const to of ends) {
        const port = to === 'svc/shop/partner' ? 443 : 80;
        const question = {
          from: readPolicyEnd(from, 'shop'),
          to: readPolicyEnd(to, 'shop'),
          protocol: 'TCP',
          port,
        } as const;
        const found = evaluate(unread, question).answer;
        if (found === 'unknown') continue;
        sure += 1;
        expect([from, to, found]).toEqual([from, to, evaluate(read, question).answer]);
      }
    expect(sure).toBeGreaterThan(30);
  });

  it('a matrix leaves open whether addresses outside are those of nodes', () => {
    const { open, connections } = matrix(unreadShopWith(adminPolicy('west', west('Deny'))));
    expect(open).toContainEqual({ from: 'shop/checkout', to: '0.0.0.0/0' });
    expect(open).toContainEqual({ from: 'shop/checkout', to: 'shop/agent' });
    expect(connections).toContainEqual({ from: 'shop/checkout', to: 'shop/cart', protocol: '*', ports: '*' });
  });
});
