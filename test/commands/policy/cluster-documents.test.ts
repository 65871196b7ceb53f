import { expect, it } from 'vitest';
import { clusterDocuments, namespacesOf } from '../../../src/commands/policy/cluster-documents.js';
import { readPolicyEnd } from '../../../src/policy/ends/written-end.js';
import { evaluate } from '../../../src/policy/flow/evaluate.js';
import { load } from '../../../src/policy/load.js';
import { fakeWorld } from '../../support/fake-world.js';

const pod = (name: string, podIP: string) => ({
  metadata: { namespace: 'shop', name, labels: { app: name } },
  spec: { nodeName: 'node-a', containers: [{ name: 'web' }] },
  status: { phase: 'Running', podIP },
});

it('judges a flow by what the API lists in the namespaces of its ends', async () => {
  const fake = fakeWorld({
    pods: [pod('checkout', '10.0.0.1'), pod('cart', '10.0.0.2')],
    services: [
      { metadata: { namespace: 'shop', name: 'cart' }, spec: { selector: { app: 'cart' }, ports: [{ port: 80 }] } },
    ],
    networkpolicies: [{ metadata: { namespace: 'shop', name: 'closed' }, spec: { podSelector: {} } }],
    namespaces: [{ metadata: { name: 'shop' } }],
    nodes: [{ metadata: { name: 'node-a' }, status: { addresses: [{ type: 'InternalIP', address: '192.168.0.11' }] } }],
    endpointslices: [],
  });
  const [from, to] = [readPolicyEnd('pod/shop/checkout', 'default'), readPolicyEnd('svc/shop/cart:80', 'default')];
  expect(namespacesOf([from, to, readPolicyEnd('203.0.113.9', 'default')])).toEqual(['shop']);
  const { documents, nodesUnread } = await clusterDocuments(fake, ['shop'], fake.signal);
  expect(nodesUnread).toBe(false);
  const loaded = load(documents, { namespace: 'default', engine: 'kubernetes' });
  expect(loaded.problems).toEqual([]);
  const answer = evaluate(loaded, { from, to, protocol: 'TCP', port: undefined });
  expect(answer.answer).toBe('denied');
  expect(answer.ingress.by.map(({ policy: { name, place } }) => [name, place.source])).toEqual([
    ['closed', 'NetworkPolicy shop/closed'],
  ]);
  expect(
    evaluate(loaded, { from: readPolicyEnd('node/node-a', 'default'), to, protocol: 'TCP', port: undefined }).answer,
  ).toBe('allowed');
});
