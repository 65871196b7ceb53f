import { describe, expect, it } from 'vitest';
import { addressesOf, carrying, endpointsOf, usable } from '../../src/domain/endpoints.js';

const at = (address: string, conditions: object | undefined) => ({ addresses: [address, '10.9.9.9'], conditions });
const slice = (...endpoints: object[]) =>
  endpointsOf([{ addressType: 'IPv4', ports: [{ name: 'http', port: 8080 }], endpoints: endpoints as never }]);

describe('usable', () => {
  const ready = at('10.0.0.1', { ready: true });
  const leaving = at('10.0.0.2', { ready: false, serving: true, terminating: true });
  const gone = at('10.0.0.3', { ready: false, serving: false, terminating: true });
  const unready = at('10.0.0.4', { ready: false, serving: false, terminating: false });

  it.each([
    ['the ready ones while there are any', [ready, leaving, unready], ['10.0.0.1']],
    ['those that serve while they terminate when none is ready', [leaving, gone, unready], ['10.0.0.2']],
    ['none that neither serves nor is ready', [gone, unready], []],
    ['one without conditions', [at('10.0.0.5', undefined)], ['10.0.0.5']],
  ])('takes %s', (_, endpoints, addresses) => {
    expect(addressesOf(usable(slice(...endpoints)))).toEqual(addresses);
  });
});

describe('carrying', () => {
  const port = { name: 'http', port: 80, protocol: 'TCP', target: 8080 };
  it.each([
    ['the same name and protocol', [port], 1],
    ['another protocol under the same name', [{ ...port, protocol: 'UDP' }], 0],
    ['no port in particular', [], 1],
  ])('binds slices to ports by %s', (_, ports, count) => {
    expect(carrying(slice(at('10.0.0.1', {})), ports)).toHaveLength(count);
  });
});
