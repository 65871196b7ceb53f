import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseOverTcp } from '../../../src/parse/dns/over-tcp.js';
import { questionBytes } from '../../../src/parse/dns/question.js';
import { resolveFactsSchema } from '../../../src/parse/resolve.js';
import { mangled } from '../mangled.js';
import { recorded } from '../recorded.js';

const said = (name: string) => parseOverTcp(recorded('ask-over-tcp', name), name.split('-')[0] ?? '');

it.each([
  ['dig-found', 'found'],
  ['dig-timeout', 'timeout'],
  ['dig-refused', 'no-server'],
  ['bash-found', 'found'],
  ['bash-timeout', 'timeout'],
  ['bash-refused', 'no-server'],
  ['nc-found', 'found'],
  ['nc-not-found', 'not-found'],
  ['nc-timeout', 'timeout'],
  ['nc-refused', 'no-server'],
])('%s: %s', (name, spoken) => expect(said(name).class).toBe(spoken));

it.each([
  ['server-failure', '002d6e7481820001000000000000'],
  ['refused', '002d6e7481850001000000000000'],
  ['no-address', '002d6e7481800001000000000000'],
  ['other', '002d6e7481840001000000000000'],
  ['other', '002dffff81800001000000000000'],
])('%s', (spoken, hex) => expect(parseOverTcp(`${hex}\nsecs=0`, 'nc').class).toBe(spoken));

it('takes the complaint of a missing program for no news of the network', () => {
  expect(parseOverTcp('sh: od: not found\n\nsecs=2\n', 'nc').class).toBe('other');
});

it('takes silence for one only where somebody waited', () => {
  expect(parseOverTcp('\nsecs=2\n', 'nc').class).toBe('timeout');
  expect(parseOverTcp('\nsecs=0\n', 'nc').class).toBe('other');
});

it('writes a question as bytes that printf understands', () => {
  const bytes = [...questionBytes('cart.shop.').matchAll(/\\0(\d{3})/g)].map(([, octal]) =>
    Number.parseInt(octal ?? '', 8),
  );
  expect(Buffer.from(bytes).toString('latin1')).toBe('\0\x1bnt\x01\0\0\x01\0\0\0\0\0\0\x04cart\x04shop\0\0\x01\0\x01');
});

it('takes any text', () => {
  const texts = ['dig-found', 'nc-found', 'bash-refused'].map((name) => recorded('ask-over-tcp', name));
  fc.assert(
    fc.property(mangled(texts), fc.constantFrom('dig', 'nc', 'bash'), (text, tool) => {
      expect(() => resolveFactsSchema.parse(parseOverTcp(text, tool))).not.toThrow();
    }),
  );
});
