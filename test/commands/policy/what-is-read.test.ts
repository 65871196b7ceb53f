import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { run } from '../process.js';
import { ask, evalJson, folderWith, front, pod } from './shop-files.js';

describe('what is read', () => {
  const flow = ['--from', 'shop/till', '--to', 'shop/cart', '--port', '8080'];
  const pods = (kind: string, apiVersion = 'v1') =>
    JSON.stringify({
      apiVersion,
      kind,
      items: ['till', 'cart'].map((name) => ({
        ...(kind === 'List' ? { apiVersion: 'v1', kind: 'Pod' } : {}),
        metadata: { namespace: 'shop', name, labels: { app: name } },
        status: { podIP: name === 'cart' ? '10.0.0.2' : '10.0.0.3' },
      })),
    });

  it.each(['List', 'PodList'])('a %s as JSON', async (kind) => {
    expect(
      (await ask(['eval', '--resources', 'shop', ...flow], { 'shop/all.json': pods(kind), 'shop/p.yaml': front })).code,
    ).toBe(3);
  });

  it('the standard input, beside files', async () => {
    const stdin = new PassThrough();
    stdin.end(front);
    const home = await folderWith({ 'pods.json': pods('PodList') });
    const { code, out } = await run(['policy', 'eval', '-o', 'json', '--resources', 'pods.json', '-', ...flow], home, {
      stdin,
    });
    expect(JSON.parse(out).ingress.policies[0].where).toBe('-:2');
    expect(code).toBe(3);
  });

  it('several paths, also as several flags', async () => {
    const split = { 'a.yaml': front, 'b.json': pods('List') };
    expect((await ask(['eval', '--resources', 'a.yaml', 'b.json', ...flow], split)).code).toBe(3);
    expect((await ask(['eval', '--resources', 'a.yaml', '--resources', 'b.json', ...flow], split)).code).toBe(3);
  });

  it('the namespace of the flag for objects without one', async () => {
    const bare = front.replace('  namespace: shop\n', '');
    const where = { 'p.yaml': bare, 'b.json': pods('List') };
    expect((await ask(['eval', '--resources', 'p.yaml', 'b.json', '-n', 'shop', ...flow], where)).code).toBe(3);
    expect((await ask(['eval', '--resources', 'p.yaml', 'b.json', ...flow], where)).code).toBe(0);
  });

  const broken = {
    'shop/a.yaml': `${front}---\nkind: Pod\n  metadata: broken\n---\n${pod('cart', '{ app: cart }', '10.0.0.2')}---\n${pod('till', '{ app: till }', '10.0.0.3')}`,
    'shop/bad.yaml': front
      .replace('port: http', 'port: http\n          endPort: 70')
      .replace('name: cart', 'name: bad'),
    'shop/twice.yaml': front,
    'shop/words.yaml': 'just words\n',
    'shop/bomb.yaml': `a: &a [1]\n${[...'bcdefghij'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(', ')}]`).join('\n')}\n`,
    'shop/list.yaml': 'apiVersion: v1\nkind: List\nitems: [3, null, { kind: Pod }]\n',
    'shop/cut.json': '{"kind": "Pod", "metadata": {',
  };

  it('tells of problems with file, line and field, and reads the rest all the same', async () => {
    const { code, document } = await ask(evalJson(...flow), broken);
    const problems = document().problems as { severity: string; message: string; path: string }[];
    expect(code).toBe(3);
    expect(problems).toContainEqual({
      severity: 'error',
      message: 'endPort needs a port that is a number',
      path: 'shop/bad.yaml:17 spec.ingress[0].ports[0].endPort',
    });
    expect(problems.map(({ path }) => path.split(':')[0])).toEqual(
      expect.arrayContaining(['shop/a.yaml', 'shop/bomb.yaml', 'shop/cut.json', 'shop/list.yaml', 'shop/words.yaml']),
    );
    expect(problems.find(({ message }) => message.includes('written again'))?.path).toBe('shop/a.yaml:2');
  });

  it('says problems on the error stream, where the answer is for people', async () => {
    const { out, err } = await ask(['eval', '--resources', 'shop', ...flow], broken);
    expect(out.split('\n')[0]).toBe('denied');
    expect(err).toContain('shop/bad.yaml:17 spec.ingress[0].ports[0].endPort: endPort needs a port that is a number');
  });
});
