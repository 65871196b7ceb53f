import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { commandLine, quoted } from '../../../src/ports/ssh/quote.js';

const printed = (shell: string, words: readonly string[]) =>
  execFileSync(shell, ['-c', commandLine(['printf', '%s\\0', ...words])], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

it.each([
  ['sysctl', 'sysctl'],
  ['net.ipv4.conf.flannel/1.rp_filter', 'net.ipv4.conf.flannel/1.rp_filter'],
  ['', "''"],
  ["it's", `'it'\\''s'`],
  ['$(reboot)', "'$(reboot)'"],
  ['a b', "'a b'"],
])('writes %j as %s', (word, text) => expect(quoted(word)).toBe(text));

it('refuses a NUL byte, which would end the word', () => {
  expect(() => quoted('a\0b')).toThrow('NUL');
});

it.each(['sh', 'bash'])('brings any words through %s as they are', (shell) => {
  const word = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0') && text.isWellFormed());
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
      expect(printed(shell, words)).toEqual(words);
    }),
    { numRuns: 60 },
  );
});
