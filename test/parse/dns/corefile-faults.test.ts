import { expect, it } from 'vitest';
import { parseCorefile } from '../../../src/parse/dns/corefile.js';
import { corefileFaults, faultsOf, plainMissing } from '../../../src/parse/dns/corefile-faults.js';

const block = (more: string, zone = '.:53') => `${zone} {\n    errors\n    kubernetes cluster.local\n${more}}\n`;
const rest = '    forward . /etc/resolv.conf\n    cache 30\n';
const own = ['10.96.0.10', '10.244.1.2'];
const found = (text: string) =>
  faultsOf(parseCorefile(text, {}), own).map(({ kind, line, words }) => [kind, line, words]);

it('finds nothing in a plain one', () => expect(found(block(rest))).toEqual([]));

it.each([
  ['syntax-error', 4, `Corefile:4 - Unexpected '}' because no matching opening brace`, block('    cache 30 }\n')],
  ['defined-twice', 7, 'dns://.:53', `${block(rest)}${block(rest, 'dns://.')}`],
  ['misspelt-plugin', 4, 'cachee (cache)', block(`    cachee 30\n${rest}`)],
  ['removed-option', 4, 'proxy (1.5.0)', block(`    proxy . 192.0.2.1\n${rest}`)],
  ['no-kubernetes', 1, '', `.:53 {\n${rest}}`],
  ['forwards-to-itself', 4, '10.96.0.10', block('    forward . 10.96.0.10\n    cache\n')],
  ['forwards-to-itself', 4, '127.0.0.1', block('    forward . 127.0.0.1:53\n    cache\n')],
  ['forwards-to-itself', 4, '[::1]', block('    forward . [::1]\n    cache\n')],
  ['swallows-names', 4, 'hosts', block(`    hosts {\n        192.0.2.7 old.example\n    }\n${rest}`)],
  ['swallows-names', 4, 'template', block(`    template ANY ANY {\n        rcode NXDOMAIN\n    }\n${rest}`)],
  ['unknown-plugin', 4, 'shopfront', block(`    shopfront\n${rest}`)],
  ['no-upstream', 1, '', block('    cache 30\n')],
  ['no-cache', 1, '', block('    forward . 192.0.2.53\n')],
])('%s in line %i: %s', (kind, line, words, text) => {
  expect(corefileFaults).toContain(kind);
  expect(found(text)[0]).toEqual([kind, line, words]);
});

it('names an option that a plugin lost', () => {
  const text =
    '.:53 {\n    kubernetes cluster.local {\n        upstream\n    }\n    forward . 192.0.2.53\n    cache\n}\n';
  expect(found(text)).toEqual([['removed-option', 3, 'kubernetes upstream (1.7.0)']]);
});

it.each([
  ['a sidecar that listens on another port', block('    forward . 127.0.0.1:5353\n    cache\n')],
  [
    'the cache of a node that forwards to CoreDNS',
    block('    forward . 10.96.7.7 {\n        force_tcp\n    }\n    cache\n'),
  ],
  ['hosts that pass on', block(`    hosts {\n        192.0.2.7 old.example\n        fallthrough\n    }\n${rest}`)],
  [
    'hosts for a zone of their own',
    block(`    hosts /etc/shop.hosts shop.example {\n        192.0.2.7 shop.example\n    }\n${rest}`),
  ],
  [
    'a template for names that match',
    block(`    template IN ANY {\n        match .*\\.shop\\.example\n    }\n${rest}`),
  ],
  ['no IPv6 for anybody', block(`    template IN AAAA {\n        rcode NXDOMAIN\n    }\n${rest}`)],
  [
    'autopath and rewrite',
    block(`    autopath @kubernetes\n    rewrite name shop.example cart.shop.svc.cluster.local\n${rest}`),
  ],
  [
    'hosts that are all there is of one domain',
    `${block(rest)}shop.example {\n    hosts {\n        192.0.2.7 cart.shop.example\n    }\n    forward . 192.0.2.53\n}\n`,
  ],
  ['a stub domain', `${block(rest)}shop.example:53 {\n    forward . 192.0.2.7\n}\n`],
  [
    'two blocks that only differ by their view',
    '. {\n    view a {\n    }\n    kubernetes c\n    forward . 192.0.2.1\n    cache\n}\n. {\n    whoami\n}\n',
  ],
  ['two transports', `${block(rest)}${block(rest, 'tls://.')}`],
])('accuses nobody of %s', (_, text) => expect(found(text)).toEqual([]));

it('misses nothing in what it cannot read', () => {
  expect(faultsOf(parseCorefile('.:53 {\n    import /etc/more\n}\n', {}), own)).toEqual([]);
});

it('says what a Corefile of a cluster should have besides', () => {
  expect(plainMissing(parseCorefile(block(rest)))).toEqual(['loop', 'ready', 'reload']);
});
