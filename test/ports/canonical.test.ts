import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/domain/ports.js';
import { callKey, sha256 } from '../../src/ports/canonical.js';
import { anyCall } from '../support/calls.js';

describe('callKey', () => {
  const list: Call = { port: 'kube', verb: 'list', kind: 'pods', namespace: 'shop' };

  it.each<[string, Call]>([
    ['the order of its fields', { namespace: 'shop', kind: 'pods', verb: 'list', port: 'kube' }],
    ['fields that are undefined', { ...list, labels: undefined, fields: undefined }],
    ['selectors without a term', { ...list, labels: {}, fields: {} }],
  ])('does not depend on %s', (_, call) => expect(callKey(call)).toBe(callKey(list)));

  it.each<[string, Call]>([
    ['another namespace', { ...list, namespace: 'till' }],
    ['a label', { ...list, labels: { app: 'cart' } }],
    ['a field', { ...list, fields: { app: 'cart' } }],
    ['another verb', { port: 'kube', verb: 'get', kind: 'pods', namespace: 'shop', name: 'cart' }],
  ])('tells %s apart', (_, call) => expect(callKey(call)).not.toBe(callKey(list)));

  it('is itself a call with the same key', () =>
    fc.assert(
      fc.property(anyCall, (call) => {
        expect(callKey(JSON.parse(callKey(call)))).toBe(callKey(call));
      }),
    ));
});

it('sha256 is the one of FIPS 180-2', () =>
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'));
