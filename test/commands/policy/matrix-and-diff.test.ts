import { describe, expect, it } from 'vitest';
import { ask, files, front } from './shop-files.js';

describe('policy matrix', () => {
  it('lists what is allowed end to end, and cuts the space outside where policies cut it', async () => {
    const { code, document } = await ask(['matrix', '--resources', 'shop', '-o', 'json']);
    const any = { protocol: '*', ports: '*' };
    const outside = ['0.0.0.0-203.0.112.255', '203.0.113.0/24', '203.0.114.0-255.255.255.255'];
    const http = { protocol: 'TCP', ports: '8080' };
    expect(document()).toEqual({
      connections: [
        { from: 'shop/checkout', to: 'shop/cart', ...http },
        { from: 'shop/checkout', to: 'shop/till', ...any },
        ...outside.map((to) => ({ from: 'shop/checkout', to, ...any })),
        { from: 'shop/cart', to: 'shop/checkout', ...any },
        { from: 'shop/cart', to: 'shop/till', ...any },
        ...outside.map((to) => ({ from: 'shop/cart', to, ...any })),
        { from: 'shop/till', to: 'shop/checkout', ...any },
        ...outside.map((to) => ({ from: 'shop/till', to, ...any })),
        ...outside.flatMap((from) => [
          { from, to: 'shop/checkout', ...any },
          ...(from === '203.0.113.0/24' ? [{ from, to: 'shop/cart', ...http }] : []),
          { from, to: 'shop/till', ...any },
        ]),
      ],
      problems: [],
    });
    expect(code).toBe(0);
  });

  it('is a table, lines of CSV, or a graph', async () => {
    const [table, csv, dot] = await Promise.all(
      ['table', 'csv', 'dot'].map(async (format) =>
        (await ask(['matrix', '--resources', 'shop', '-o', format])).out.split('\n'),
      ),
    );
    expect(table?.slice(0, 2).map((line) => line.split(/ {2,}/))).toEqual([
      ['FROM', 'TO', 'PROTOCOL', 'PORTS'],
      ['shop/checkout', 'shop/cart', 'TCP', '8080'],
    ]);
    expect(csv?.slice(0, 2)).toEqual(['from,to,protocol,ports', 'shop/checkout,shop/cart,TCP,8080']);
    expect(dot).toEqual(
      expect.arrayContaining([
        'digraph policy {',
        '  "shop/cart";',
        '  "shop/checkout" -> "shop/cart" [label="TCP 8080"];',
        '}',
      ]),
    );
  });

  it('says what it left out because it cannot be known', async () => {
    const { document } = await ask(['matrix', '--resources', 'shop', '-o', 'json'], {
      ...files,
      'shop/pods.yaml': files['shop/pods.yaml']
        .replace('podIP: 10.0.0.3', 'phase: Pending')
        .replace('phase: Running, phase', 'phase'),
    });
    expect(document().problems).toEqual([
      { severity: 'warning', message: expect.stringContaining('1 pairs are left out'), path: 'shop' },
    ]);
  });
});

describe('policy diff', () => {
  it('tells which connections appear and which vanish', async () => {
    const content = {
      ...files,
      'new/pods.yaml': files['shop/pods.yaml'],
      'new/policy.yaml': front.replace('app: checkout', 'app: till').replace('203.0.113.0/24', '203.0.113.0/25'),
    };
    const { code, document } = await ask(['diff', '--resources', 'new', '--against', 'shop', '-o', 'json'], content);
    expect(document()).toEqual({
      appeared: [{ from: 'shop/till', to: 'shop/cart', protocol: 'TCP', ports: '8080' }],
      vanished: [
        { from: 'shop/checkout', to: 'shop/cart', protocol: 'TCP', ports: '8080' },
        { from: '203.0.113.128/25', to: 'shop/cart', protocol: 'TCP', ports: '8080' },
      ],
      problems: [],
    });
    expect(code).toBe(0);
    const { out } = await ask(['diff', '--resources', 'new', '--against', 'shop'], content);
    expect(out).toBe(
      '+ shop/till -> shop/cart TCP 8080\n- shop/checkout -> shop/cart TCP 8080\n- 203.0.113.128/25 -> shop/cart TCP 8080\n',
    );
  });

  it('says so where nothing differs', async () => {
    expect((await ask(['diff', '--resources', 'shop', '--against', 'shop'])).out).toBe(
      'The same connections are allowed.\n',
    );
  });
});
