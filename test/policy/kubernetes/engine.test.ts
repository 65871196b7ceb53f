import { it } from 'vitest';
import { checkAsk, shopWith } from '../asking.js';

const blocks =
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\nspec: {podSelector: {matchLabels: {app: checkout}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}';

it('leaves Pods out of a block where Cilium puts policies into effect (cilium/cilium#9209)', () => {
  checkAsk(shopWith(blocks, 'cilium'), 'shop/checkout -> shop/cart 80 denied');
  checkAsk(shopWith(blocks, 'cilium'), 'shop/checkout -> 203.0.113.9 80 allowed');
  checkAsk(shopWith(blocks, 'calico'), 'shop/checkout -> shop/cart 80 allowed');
});
