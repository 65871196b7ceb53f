import { describe, expect, it } from 'vitest';
import { configMap, type Enforcement } from '../../../src/policy/cilium/enforcement.js';
import { matrix } from '../../../src/policy/matrix/matrix.js';
import type { Place } from '../../../src/policy/read/place.js';
import { checkAsk, shopWith } from '../asking.js';
import { globalPolicy } from '../calico/tables.js';
import { on, policy, toCart, together } from './tables.js';

const agent = (data: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: cilium-config, namespace: kube-system }\ndata: ${data}`;
const onSome = (setting: string, name = 'a') =>
  `apiVersion: cilium.io/v2\nkind: CiliumNodeConfig\nmetadata: { name: ${name}, namespace: kube-system }\nspec: { nodeSelector: {}, defaults: { ${setting} } }`;
const place: Place = { source: 'cluster', document: 0, path: [] };
const unread: Enforcement = { ...configMap, mode: undefined, place };

const fromFront = toCart('{ fromEndpoints: [{ matchLabels: { tier: front } }] }');
const quietly = policy('a', on('cart', 'enableDefaultDeny: { ingress: false }, ingress: [{ toPorts: [] }]'));
const everywhere = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: k, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{ ports: [{ port: 80 }] }], egress: [{}] }`;
const both = together(fromFront, everywhere);

const modes: Record<string, readonly [manifests: string, engine: 'kubernetes' | 'calico' | 'cilium', asks: string[]]> =
  {
    'default leaves alone who is not selected': [
      together(agent('{ enable-policy: default }'), fromFront),
      'cilium',
      ['shop/checkout -> payments/till 80 allowed', 'shop/dual -> shop/cart 80 denied'],
    ],
    'nothing written is default': [agent('{ debug: "true" }'), 'cilium', ['shop/checkout -> payments/till 80 allowed']],
    'always isolates every Pod': [
      together(agent('{ enable-policy: Always }'), both),
      'cilium',
      [
        'shop/checkout -> shop/cart 80 allowed',
        'shop/dual -> shop/cart 81 denied',
        'shop/checkout -> payments/till 80 denied',
        'payments/till -> shop/checkout 80 denied',
        'outside -> payments/till 80 denied',
        'node/node-a -> payments/till 80 allowed own-node',
        'outside -> shop/agent 80 allowed',
      ],
    ],
    'always isolates whatever a policy says of its default': [
      together(agent('{ enable-policy: always }'), quietly),
      'cilium',
      ['outside -> shop/cart 80 denied'],
    ],
    'never lets everything through': [
      together(agent('{ enable-policy: never }'), both),
      'cilium',
      ['shop/dual -> shop/cart 81 allowed', 'outside -> shop/cart 81 allowed'],
    ],
    'what the agent does not know either is no mode': [
      together(agent('{ enable-policy: sometimes }'), both),
      'cilium',
      ['shop/dual -> shop/cart 81 unknown cilium-mode-unread'],
    ],
    'policies of Cilium tell who is in charge': [
      together(agent('{ enable-policy: never }'), fromFront),
      'kubernetes',
      ['shop/dual -> shop/cart 80 allowed'],
    ],
    'where nothing tells who is in charge, always may hold': [
      together(agent('{ enable-policy: always }'), everywhere),
      'kubernetes',
      [
        'shop/checkout -> shop/cart 80 allowed',
        'shop/checkout -> shop/cart 81 denied',
        'shop/checkout -> payments/till 80 unknown cilium-mode-engine',
      ],
    ],
    'where nothing tells who is in charge, never may hold': [
      together(agent('{ enable-policy: never }'), everywhere),
      'kubernetes',
      ['shop/checkout -> shop/cart 81 unknown cilium-mode-engine', 'shop/checkout -> payments/till 80 allowed'],
    ],
    'agents of some nodes may be told otherwise': [
      together(agent('{ enable-policy: default }'), onSome('enable-policy: never'), both),
      'cilium',
      [
        'shop/dual -> shop/cart 81 unknown cilium-mode-of-nodes',
        'shop/checkout -> payments/till 80 unknown cilium-mode-of-nodes',
        'shop/checkout -> shop/cart 80 allowed',
      ],
    ],
    'agents of some nodes may be told the same, and of other things': [
      together(agent('{ debug: "true" }'), onSome('enable-policy: Default'), onSome('mtu: "1400"', 'b'), both),
      'cilium',
      ['shop/dual -> shop/cart 81 denied'],
    ],
    'Calico has no such mode': [
      together(agent('{ enable-policy: never }'), globalPolicy('b', "{ selector: app == 'dual', ingress: [] }")),
      'calico',
      ['shop/checkout -> shop/dual 80 denied', 'shop/checkout -> shop/cart 80 allowed'],
    ],
  };

describe('the mode in which Cilium enforces policies', () => {
  it.each(Object.entries(modes))('%s', (_, [manifests, engine, asks]) => {
    for (const ask of asks) checkAsk(shopWith(manifests, engine), ask);
  });

  it('is said where it makes all policies idle', () => {
    const { problems } = shopWith(together(agent('{ enable-policy: never }'), both), 'cilium');
    expect(problems).toContainEqual({
      ...{ severity: 'warning', message: 'no policy has an effect: Cilium enforces none (enable-policy: never)' },
      place: expect.objectContaining({ source: 'policies.yaml', path: ['data', 'enable-policy'] }),
    });
  });

  it('where nobody could look, only what every mode allows has an answer', () => {
    const loaded = shopWith(both, 'cilium', { enforcement: unread });
    checkAsk(loaded, 'shop/checkout -> shop/cart 80 allowed');
    checkAsk(loaded, 'shop/dual -> shop/cart 81 unknown cilium-mode-unread');
    checkAsk(loaded, 'shop/checkout -> payments/till 80 unknown cilium-mode-unread');
    checkAsk(loaded, 'node/node-a -> payments/till 80 allowed own-node');
    // Nothing of Cilium is there to be seen, and its mode would be that of nobody.
    checkAsk(shopWith(everywhere, 'kubernetes', { enforcement: unread }), 'shop/dual -> shop/cart 81 denied');
  });

  it('a matrix has what is sure in each mode, and leaves open the rest', () => {
    const pairs = (data: string) => {
      const { connections, open } = matrix(shopWith(together(agent(data), both), 'cilium'));
      const find = (to: string) => connections.filter((one) => one.from === 'shop/checkout' && one.to === to);
      return { cart: find('shop/cart'), till: find('payments/till'), open: open.length };
    };
    const [cart, till] = ['shop/cart', 'payments/till'].map((to) => [
      { from: 'shop/checkout', to, protocol: '*', ports: '*' },
    ]);
    expect(pairs('{ enable-policy: default }')).toMatchObject({ till });
    expect(pairs('{ enable-policy: always }')).toMatchObject({ till: [] });
    expect(pairs('{ enable-policy: never }')).toEqual({ cart, till, open: 0 });
    const unsure = pairs('{ enable-policy: sometimes }');
    expect(unsure).toMatchObject({ till: [] });
    expect(unsure.open).toBeGreaterThan(10);
  });
});
