import { describe, expect, it } from 'vitest';
import { flowOfFlags } from '../../src/commands/ask.js';
import { UsageProblem } from '../../src/commands/io.js';

const from = 'pod/client';

describe('the request to an Ingress', () => {
  it('stands in the flow as the flags name it', () => {
    const flow = flowOfFlags({ from, to: 'ing/front', host: 'cart.shop.example', path: '/a?b=1' }, 'shop');
    expect(flow?.to).toEqual({
      kind: 'ingress',
      namespace: 'shop',
      name: 'front',
      host: 'cart.shop.example',
      path: '/a?b=1',
    });
  });

  it('is left open where the flags name none', () =>
    expect(flowOfFlags({ from, to: 'ing/front' }, 'shop')?.to).not.toHaveProperty('host'));

  it.each([{ host: 'cart.shop.example' }, { path: '/' }])('is refused for other ends: %j', (request) =>
    expect(() => flowOfFlags({ from, to: 'svc/cart', ...request }, 'shop')).toThrow(UsageProblem),
  );
});
