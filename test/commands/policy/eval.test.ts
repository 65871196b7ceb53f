import { describe, expect, it } from 'vitest';
import { ask, evalJson, files } from './shop-files.js';

describe('policy eval', () => {
  it('names the rule that allows, with its file and line, and needs no cluster', async () => {
    const { code, document, err } = await ask(
      evalJson('--from', 'shop/checkout', '--to', 'shop/cart', '--port', '8080'),
    );
    expect(document()).toEqual({
      allowed: true,
      egress: { allowed: true, policies: [] },
      ingress: {
        allowed: true,
        policies: [
          {
            kind: 'NetworkPolicy',
            namespace: 'shop',
            name: 'cart',
            rule: 'ingress[0]',
            where: 'shop/deep/er/policy.yml:11',
          },
        ],
      },
      reason: 'no rule stops its egress; ingress: allowed by NetworkPolicy shop/cart ingress[0]',
      remarks: [],
      change: [],
      problems: [],
    });
    expect([code, err]).toEqual([0, '']);
  });

  it('ends with 3 where it is denied, names what isolates, and says what would allow it', async () => {
    const { code, document } = await ask(evalJson('--from', 'pod/shop/till', '--to', 'pod/shop/cart:8080'));
    expect(document()).toMatchObject({
      allowed: false,
      ingress: { allowed: false, policies: [{ name: 'cart', rule: null, where: 'shop/deep/er/policy.yml:2' }] },
      reason: 'ingress: isolated by NetworkPolicy shop/cart, and no rule allows it',
      change: [
        {
          kind: 'NetworkPolicy',
          metadata: { namespace: 'shop' },
          spec: {
            podSelector: { matchLabels: { app: 'cart' } },
            policyTypes: ['Ingress'],
            ingress: [
              { from: [{ podSelector: { matchLabels: { app: 'till' } } }], ports: [{ protocol: 'TCP', port: 8080 }] },
            ],
          },
        },
      ],
    });
    expect(code).toBe(3);
  });

  it('allows it once that change is among the files', async () => {
    const flow = ['--from', 'shop/till', '--to', 'shop/cart', '--port', '8080'];
    const { document } = await ask(evalJson(...flow));
    const change = (document().change as unknown[]).map((one) => JSON.stringify(one)).join('\n---\n');
    expect((await ask(evalJson(...flow), { ...files, 'shop/change.yaml': change })).code).toBe(0);
  });

  it('ends with 5 where it cannot be known, and says why', async () => {
    const { code, document } = await ask(evalJson('--from', 'outside', '--to', 'shop/cart', '--port', '8080'));
    expect(document()).toMatchObject({ allowed: null, ingress: { allowed: null } });
    expect(document().reason).toContain('203.0.113.0/24 -> shop/cart is allowed');
    expect(code).toBe(5);
  });

  it.each([
    ['a Pod that is not there', ['--from', 'shop/chekout', '--to', 'shop/cart', '--port', '80'], 'Near: checkout'],
    ['no source', ['--to', 'shop/cart', '--port', '80'], '--from is missing'],
    ['no port', ['--from', 'shop/till', '--to', 'shop/cart'], 'A port is missing'],
    ['two ports', ['--from', 'shop/till', '--to', 'pod/shop/cart:81', '--port', '80'], 'which one?'],
    ['a port beyond all', ['--from', 'shop/till', '--to', 'shop/cart', '--port', '70000'], '--port'],
    [
      'a protocol nobody knows',
      ['--from', 'shop/till', '--to', 'shop/cart', '--port', '80', '--protocol', 'icmp'],
      '--protocol',
    ],
    [
      'a Service that is not there',
      ['--from', 'shop/till', '--to', 'svc/shop/cart', '--port', '80'],
      'There is no Service shop/cart',
    ],
    ['a name of a port nobody has', ['--from', 'shop/till', '--to', 'shop/cart', '--port', 'sql'], 'port named "sql"'],
  ])('ends with 2 and a sentence for %s', async (_, argv, sentence) => {
    const { code, out, err } = await ask(['eval', '--resources', 'shop', ...argv]);
    expect(err).toContain(sentence);
    expect([code, out]).toEqual([2, '']);
  });

  it('ends with 2 for paths that are not there, or hold nothing', async () => {
    const flow = ['--from', 'shop/till', '--to', 'shop/cart', '--port', '80'];
    expect(await ask(['eval', '--resources', 'gone', ...flow])).toMatchObject({
      code: 2,
      err: 'gone cannot be read: there is no such file or folder.\n',
    });
    expect((await ask(['eval', '--resources', 'empty', ...flow], { 'empty/notes.txt': '' })).err).toContain(
      'there is no .yaml',
    );
    expect((await ask(['guess'])).err).toContain('write eval, explain, matrix, diff');
  });

  it('speaks Chinese', async () => {
    const { out } = await ask([
      'eval',
      '--resources',
      'shop',
      '--lang',
      'zh-CN',
      '--from',
      'shop/till',
      '--to',
      'shop/cart',
      '--port',
      '80',
    ]);
    expect(out).toContain('拒绝');
    expect(out).toContain('入站: NetworkPolicy shop/cart 进行了隔离');
  });

  it('judges by the mode of Cilium that a flag names, and refuses one of another engine', async () => {
    const flow = ['--from', 'shop/till', '--to', 'shop/cart', '--port', '8080'];
    const answers = ['default', 'always', 'never'].map(async (mode) => {
      const { code, document } = await ask(evalJson(...flow, '--cilium-policy', mode));
      const { policies } = document().egress as { policies: { kind: string; name: string }[] };
      return [mode, code, policies.map(({ kind, name }) => [kind, name])];
    });
    expect(await Promise.all(answers)).toEqual([
      ['default', 3, []],
      ['always', 3, [['--cilium-policy', 'always']]],
      ['never', 0, []],
    ]);
    const told = await ask(['explain', '--resources', 'shop', ...flow, '--cilium-policy', 'always']);
    expect(told.out).toMatch(/^ {4}--cilium-policy always$/m);
    const refused = await ask(evalJson(...flow, '--cilium-policy', 'never', '--engine', 'calico'));
    expect([refused.code, refused.err]).toEqual([2, '--cilium-policy goes with --engine cilium, not calico.\n']);
    expect((await ask(evalJson(...flow, '--cilium-policy', 'often'))).code).toBe(2);
  });
});
