import { describe, expect, it } from 'vitest';
import { ask, files, front } from './shop-files.js';

describe('policy explain', () => {
  it('tells both sides of each connection and the manifest that would allow it', async () => {
    const { code, out } = await ask([
      'explain',
      '--resources',
      'shop',
      '--from',
      'shop/till',
      '--to',
      'shop/cart',
      '--port',
      '8080',
    ]);
    expect(code).toBe(3);
    expect(out).toMatch(
      /^shop\/till -> shop\/cart:8080\/tcp: denied\n {2}no rule stops its egress\n {2}ingress: isolated by NetworkPolicy shop\/cart/,
    );
    expect(out).toContain('NetworkPolicy shop/cart  shop/deep/er/policy.yml:2');
    expect(out).toContain(
      [
        '         6 |   namespace: shop',
        '         7 | spec:',
        '      >  8 |   podSelector:',
        '      >  9 |     matchLabels: { app: cart }',
        '        10 |   ingress:',
      ].join('\n'),
    );
    expect(out).toContain('  shop/cart ingress[0] asks for app=checkout and finds app=till\n');
    expect(out).toContain('nothing was applied');
    expect(out).toContain('  name: allow-ingress-shop-till-to-shop-cart-8080');
  });
});

describe('the rule that decides', () => {
  it('is marked in its file, and in an item of a list', async () => {
    const flow = ['explain', '--resources', 'shop', '--from', 'shop/checkout', '--to', 'shop/cart', '--port', '8080'];
    expect((await ask(flow)).out).toContain('      > 11 |     - from:\n      > 12 |         - podSelector:\n');
    const item = front.split('\n').slice(1).join('\n    ');
    const list = `kind: List\napiVersion: v1\nitems:\n  - ${item}`;
    const { out } = await ask(flow, { 'shop/pods.yaml': files['shop/pods.yaml'], 'shop/list.yaml': list });
    expect(out).toMatch(/NetworkPolicy shop\/cart ingress\[0\] {2}shop\/list.yaml:13\n[^>]*> 13 \| {9}- from:\n/);
  });

  it('moves no cursor with what stands in a file', async () => {
    const content = { ...files, 'shop/deep/er/policy.yml': front.replace('ingress:', 'ingress: # \u001b[2J') };
    const { out } = await ask(
      ['explain', '--resources', 'shop', '--from', 'shop/till', '--to', 'shop/cart', '--port', '8080'],
      content,
    );
    expect(out).toContain('ingress: #');
    expect(out).not.toContain('\u001b');
  });
});
