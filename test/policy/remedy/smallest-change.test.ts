import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePair } from '../../../src/policy/flow/evaluate.js';
import { partiesOf } from '../../../src/policy/inventory/endpoint.js';
import { extended, load } from '../../../src/policy/load.js';
import { difference } from '../../../src/policy/matrix/difference.js';
import { smallestChange } from '../../../src/policy/remedy/smallest-change.js';
import { adminPolicy, baseline } from '../admin/tables.js';
import { anyCluster, documentsOf } from '../any-cluster.js';
import { shopWith } from '../asking.js';

const options = { namespace: 'default', engine: 'kubernetes' } as const;
const asDocuments = (manifests: readonly unknown[]) =>
  manifests.map((value, document) => ({ source: 'change', document, value }));

const partyNamed = (loaded: ReturnType<typeof load>, name: string) => {
  const found = [...loaded.inventory.pods, ...loaded.inventory.workloads].find(({ party }) => party.name === name);
  const [party] = found ? partiesOf(found) : [];
  if (!party) throw new Error(`no ${name}`);
  return party;
};

describe('the smallest change', () => {
  it('allows the connection, and takes nothing from anybody, in any cluster', () => {
    fc.assert(
      fc.property(anyCluster, (cluster) => {
        const loaded = load(documentsOf(cluster), options);
        const [one, other] = loaded.inventory.pods;
        const [from, to] = [one && partiesOf(one)[0], other && partiesOf(other)[0]];
        if (!from || !to) return;
        const pair = judgePair(loaded, { from, to, protocol: 'TCP', port: 4711 });
        const change = smallestChange(pair, loaded);
        if (pair.answer !== 'denied') return void expect(change).toEqual([]);
        // A rule of the administrator that decides at priority 1 leaves 0 free; NetworkPolicies always add up.
        if (cluster.adminPolicies.length === 0) expect(change.length).toBeGreaterThan(0);
        if (change.length === 0) return;
        const after = extended(loaded, asDocuments(change));
        expect(judgePair(after, pair.connection).answer).toBe('allowed');
        expect(difference(loaded, after).vanished).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  it('names the fewest labels that select no other Pod', () => {
    const loaded = shopWith(
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\nspec: {podSelector: {}}',
    );
    const pair = judgePair(loaded, {
      from: partyNamed(loaded, 'payments/till'),
      to: partyNamed(loaded, 'shop/cart-next'),
      protocol: 'UDP',
      port: 53,
    });
    expect(smallestChange(pair, loaded)).toEqual([
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'allow-ingress-payments-till-to-shop-cart-next-53', namespace: 'shop' },
        spec: {
          podSelector: { matchLabels: { version: '2' } },
          policyTypes: ['Ingress'],
          ingress: [
            {
              from: [
                {
                  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'payments' } },
                  podSelector: { matchLabels: { app: 'till' } },
                },
              ],
              ports: [{ protocol: 'UDP', port: 53 }],
            },
          ],
        },
      },
    ]);
  });

  const denied = (manifest: string) => {
    const loaded = shopWith(manifest);
    return smallestChange(
      judgePair(loaded, {
        from: partyNamed(loaded, 'payments/till'),
        to: partyNamed(loaded, 'shop/checkout'),
        protocol: 'TCP',
        port: 80,
      }),
      loaded,
    );
  };
  const rules = 'subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]';

  it('comes before the policy of an administrator that denies', () => {
    expect(denied(adminPolicy('deny', `{priority: 7, ${rules}}`))).toMatchObject([
      { kind: 'AdminNetworkPolicy', spec: { priority: 6, ingress: [{ action: 'Allow' }] } },
    ]);
    expect(denied(baseline(`{${rules}}`))).toMatchObject([
      { kind: 'AdminNetworkPolicy', spec: { ingress: [{ action: 'Allow' }] } },
    ]);
  });

  it('is none where nothing can come before', () => {
    expect(denied(adminPolicy('deny', `{priority: 0, ${rules}}`))).toEqual([]);
  });
});
