import { describe, expect, it } from 'vitest';
import { judgePair } from '../../../src/policy/flow/evaluate.js';
import { smallestChange } from '../../../src/policy/remedy/smallest-change.js';
import { checkAsk, shopWith } from '../asking.js';
import { globalPolicy } from '../calico/tables.js';
import { on, policy, toCart, together } from './tables.js';

const fromFront = '{ fromEndpoints: [{ matchLabels: { tier: front } }] }';
const kubernetes = (ingress: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: k, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, ingress: ${ingress} }`;

describe('the smallest change', () => {
  const changeOf = (manifests: string) => {
    const loaded = shopWith(manifests);
    const [from, to] = ['shop/checkout', 'shop/cart'].map((name) =>
      loaded.inventory.pods.find(({ party }) => party.name === name),
    );
    if (!from || !to) throw new Error('no such Pod');
    const ends = { from: from.party, to: to.party };
    return smallestChange(judgePair(loaded, { ...ends, protocol: 'TCP', port: 80 }), loaded);
  };

  it('is none where a denial of Cilium decides: nothing comes before it', () => {
    expect(changeOf(policy('a', on('cart', `ingressDeny: [${fromFront}]`)))).toEqual([]);
  });

  it('is a NetworkPolicy where Cilium or Calico isolate', () => {
    expect(changeOf(toCart('{}'))).toMatchObject([{ kind: 'NetworkPolicy' }]);
    expect(changeOf(globalPolicy('a', "{ selector: app == 'cart', ingress: [] }"))).toMatchObject([
      { kind: 'NetworkPolicy' },
    ]);
  });
});

describe('policies of one engine under another', () => {
  const ofCilium = policy('a', on('cart', 'ingress: [{}]'));
  const ofCalico = globalPolicy('b', "{ selector: app == 'dual', ingress: [] }");

  it('Calico does not read those of Cilium, and the other way round', () => {
    const [calico, cilium] = (['calico', 'cilium'] as const).map((engine) =>
      shopWith(together(ofCilium, ofCalico), engine),
    );
    if (!calico || !cilium) throw new Error('nothing loaded');
    checkAsk(calico, 'shop/checkout -> shop/cart 80 allowed');
    checkAsk(calico, 'shop/checkout -> shop/dual 80 denied');
    checkAsk(cilium, 'shop/checkout -> shop/cart 80 denied');
    checkAsk(cilium, 'shop/checkout -> shop/dual 80 allowed');
    expect(cilium.problems.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('cilium does not read it'),
    );
  });

  it('where nobody names the engine, policies of two leave open which has an effect', () => {
    const both = shopWith(together(ofCilium, ofCalico));
    checkAsk(both, 'shop/checkout -> shop/cart 80 unknown engine-unknown');
    checkAsk(both, 'shop/checkout -> shop/dual 80 unknown engine-unknown');
    checkAsk(both, 'shop/checkout -> payments/till 80 allowed');
  });

  it('where nobody names the engine, policies that only one reads tell which it is', () => {
    const blocks = kubernetes('[{from: [{ipBlock: {cidr: 10.1.0.0/16}}]}]');
    checkAsk(shopWith(together(blocks, ofCilium)), 'shop/checkout -> shop/cart-next 80 denied');
    checkAsk(shopWith(together(blocks, ofCalico)), 'shop/checkout -> shop/cart-next 80 allowed');
  });
});
