import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { corefileSchema, parseCorefile } from '../../../src/parse/dns/corefile.js';
import { mangled } from '../mangled.js';

const shipped = (): string => {
  const manifest = readFileSync(new URL('../../../lab/manifests/coredns.yaml', import.meta.url), 'utf8');
  const map = parseAllDocuments(manifest)
    .map((document) => parse(String(document)) as { kind?: string; data?: { Corefile: string } })
    .find(({ kind }) => kind === 'ConfigMap');
  return map?.data?.Corefile ?? '';
};

it('reads the Corefile that kubeadm writes', () => {
  const { blocks, problem, unseen } = parseCorefile(shipped());
  expect({ problem, unseen }).toEqual({ problem: undefined, unseen: [] });
  expect(blocks.map(({ zones }) => zones)).toEqual([['.:53']]);
  const [block] = blocks;
  expect(block?.plugins.map(({ name }) => name)).toEqual(
    'errors health ready kubernetes prometheus forward cache loop reload loadbalance'.split(' '),
  );
  expect(block?.plugins.find(({ name }) => name === 'kubernetes')).toEqual({
    name: 'kubernetes',
    args: ['cluster.local', 'in-addr.arpa', 'ip6.arpa'],
    line: 7,
    file: 'Corefile',
    settings: [
      { name: 'pods', args: ['insecure'], line: 8 },
      { name: 'fallthrough', args: ['in-addr.arpa', 'ip6.arpa'], line: 9 },
      { name: 'ttl', args: ['30'], line: 10 },
    ],
  });
});

it('knows several zones, commas, comments, quotes and values of the environment', () => {
  const text = `# what the shop needs
shop.example,
  cart.example:5353 { # both
    template IN A {
        answer "{{ .Name }} 60 IN A 192.0.2.7 \\"kept\\""
    }
    forward . {$UPSTREAM}
}`;
  const { blocks, problem } = parseCorefile(text);
  expect(problem).toBeUndefined();
  expect(blocks[0]).toMatchObject({ zones: ['shop.example', 'cart.example:5353'], line: 2 });
  expect(blocks[0]?.plugins[0]?.settings).toEqual([
    { name: 'answer', args: ['{{ .Name }} 60 IN A 192.0.2.7 "kept"'], line: 5 },
  ]);
  expect(blocks[0]?.plugins[1]?.args).toEqual(['.', '{$UPSTREAM}']);
});

it('puts snippets and files in their place', () => {
  const text =
    '(plain) {\n  errors\n  log\n}\n.:53 {\n  import plain\n  import custom/*.override\n  whoami\n}\nimport custom/*.server\n';
  const files = { 'shop.override': 'cache 10', 'shop.server': 'shop.example {\n  whoami\n}' };
  const { blocks, unseen } = parseCorefile(text, files);
  expect(blocks.map(({ zones }) => zones)).toEqual([['.:53'], ['shop.example']]);
  expect(blocks[0]?.plugins.map(({ name, file }) => [name, file])).toEqual([
    ['errors', 'Corefile'],
    ['log', 'Corefile'],
    ['cache', 'shop.override'],
    ['whoami', 'Corefile'],
  ]);
  expect(unseen).toEqual([]);
  expect(parseCorefile(text).unseen).toEqual(['custom/*.override', 'custom/*.server']);
  expect(parseCorefile('.:53 {\n  import /etc/own\n}', {}).unseen).toEqual(['/etc/own']);
});

// What CoreDNS 1.12.4 itself said to each of them, and the line it named.
it.each([
  ['Unexpected EOF', 4, '.:53 {\n    errors\n    cache 30 {\n        success 10\n\n'],
  [`Unexpected '}' because no matching opening brace`, 3, '.:53 {\n    errors\n    cache 30 }\n}\n'],
  [`Expected another address but had '{' - check for extra comma`, 1, 'a.example, {\n    whoami\n}\n'],
])('%s', (said, line, text) => expect(parseCorefile(text).problem).toEqual({ said, line, file: 'Corefile' }));

it.each([
  ['redeclaration of previously declared snippet a', '(a) {\n log\n}\n(a) {\n log\n}\n'],
  [`Unexpected token '', expecting '}'`, '(a) {\n log\n'],
  [`Unexpected token '', expecting '}'`, '.:53 {\n log\n'],
  [`Unexpected token 'log', expecting '{'`, '(a)\nlog\n'],
  [`Wrong argument count or unexpected line ending after 'import'`, '.:53 {\n import\n log\n}'],
  ['Import takes only one argument (glob pattern or file)', '.:53 {\n import a b\n}'],
  ['Unexpected EOF', 'a.example,'],
])('%s (%#)', (said, text) => expect(parseCorefile(text).problem?.said).toBe(said));

it.each([
  ['a brace of the last plugin that is missing', '.:53 {\n    errors\n    cache 30 {\n        success 10\n}\n'],
  ['a brace too many', '.:53 {\n    errors\n}\n}\n'],
  ['zones without a brace', 'a.example\nwhoami\n'],
  ['nothing', '\n# nothing\n'],
])('takes, as CoreDNS does, %s', (_, text) => expect(parseCorefile(text).problem).toBeUndefined());

it('comes to an end where snippets name themselves', () => {
  const { problem } = parseCorefile('(a) {\n import a\n import a\n}\n.:53 {\n import a\n}');
  expect(problem?.said).toBe(`The imports of 'a' never end`);
});

it('takes any text, in no time', () => {
  const texts = [shipped(), '(a) {\n log\n}\n.:53, b {\n import a\n hosts "x y" {\n  192.0.2.1 a\n }\n}'];
  fc.assert(
    fc.property(mangled(texts), (text) => {
      expect(() => corefileSchema.parse(parseCorefile(text, { a: text }))).not.toThrow();
    }),
    { numRuns: 300 },
  );
  const long = `.:53 {\n${'    hosts "a" { b }\n'.repeat(20_000)}`;
  const start = performance.now();
  expect(parseCorefile(long).blocks[0]?.plugins.length).toBe(20_000);
  expect(performance.now() - start).toBeLessThan(2000);
});
