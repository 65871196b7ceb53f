import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCLibrary } from '../../../src/parse/dns/c-library.js';

it.each([
  ['glibc', 'ld-linux-x86-64.so.2'],
  ['glibc', 'ld-linux-aarch64.so.1'],
  ['musl', 'ld-musl-aarch64.so.1'],
  ['both', 'ld-musl-x86_64.so.1\nld-linux-x86-64.so.2'],
  ['unknown', 'libnss_dns.so.2'],
  ['unknown', ''],
] as const)('%s', (is, listing) => expect(parseCLibrary(listing).is).toBe(is));

it('never throws', () => fc.assert(fc.property(fc.string(), (text) => void parseCLibrary(text))));
