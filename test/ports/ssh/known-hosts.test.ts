import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fingerprint,
  keyType,
  nameInKnownHosts,
  readKnownHosts,
  trustIn,
  typesKnown,
} from '../../../src/ports/ssh/known-hosts.js';
import { keyOf, makeKey } from './imitation/ssh-server.js';

const blob = (key: ReturnType<typeof makeKey>) => keyOf(key.private).getPublicSSH();
const [till, other] = [blob(makeKey()), blob(makeKey())];
const line = (names: string, key: Buffer, marker = '') =>
  `${marker}${names} ecdsa-sha2-nistp256 ${key.toString('base64')} till`;
const trust = (text: string, names = ['till-1']) => trustIn(readKnownHosts(text), names, till);

// `ssh-keygen -H` wrote this for 192.168.1.61.
const hashed = '|1|ycJuZ+1atw4zXbGDxxYg/hATInA=|DknoWYtdK3jSi8pwGDnExaeR16g=';

describe('trustIn', () => {
  it.each([
    ['known', line('till-1', till)],
    ['known', line('TILL-1,192.0.2.7', till)],
    ['known', line('till-?', till)],
    ['known', line('*.shop,till-*', till)],
    ['unknown', ''],
    ['unknown', line('till-2', till)],
    ['unknown', line('*,!till-1', till)],
    ['unknown', '# till-1 is gone\n\nnot a line at all'],
    ['changed', line('till-1', other)],
    ['known', [line('till-1', other), line('till-1', till)].join('\n')],
    ['changed', 'till-1 ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDb'],
    ['revoked', [line('till-1', till), line('*', till, '@revoked ')].join('\n')],
    ['authority', line('*', other, '@cert-authority ')],
    ['unknown', line('*.shop', other, '@cert-authority ')],
  ])('says %s', (word, text) => expect(trust(text)).toBe(word));

  it('knows a host by any of its names', () => {
    expect(trust(line('till-1', till), ['192.0.2.7', 'till-1'])).toBe('known');
    expect(trust(line('[192.0.2.7]:2222', till), [nameInKnownHosts('192.0.2.7', 2222)])).toBe('known');
  });

  it('reads names that were hashed', () => {
    expect(
      trustIn(readKnownHosts(`${hashed} ecdsa-sha2-nistp256 ${till.toString('base64')}`), ['192.168.1.61'], till),
    ).toBe('known');
    expect(
      trustIn(readKnownHosts(`${hashed} ecdsa-sha2-nistp256 ${till.toString('base64')}`), ['192.168.1.62'], till),
    ).toBe('unknown');
  });

  it('survives any file', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, name) => {
        expect(trustIn(readKnownHosts(`${text}\n|1|${text}| ssh-ed25519 AAAA`), [name], till)).not.toBe('known');
      }),
    );
  });
});

it('asks for the types of keys that are known, with the signatures of today', () => {
  const text = [line('till-1', till), 'till-1 ssh-rsa AAAAB3Nz', line('till-2', other, '@revoked ')].join('\n');
  expect(typesKnown(readKnownHosts(text), ['till-1'])).toEqual([
    'ecdsa-sha2-nistp256',
    'rsa-sha2-512',
    'rsa-sha2-256',
    'ssh-rsa',
  ]);
  expect(typesKnown(readKnownHosts(text), ['till-2'])).toEqual([]);
});

it('names keys as ssh-keygen does', () => {
  expect(keyType(till)).toBe('ecdsa-sha2-nistp256');
  expect(fingerprint(till)).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
  expect(keyType(Buffer.from([0]))).toBe('');
});
