import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EndProblem, flowBetween, readEnd, writeEnd } from '../../src/domain/ends.js';
import { type End, endSchema } from '../../src/domain/flow.js';

const read = (text: string) => readEnd(text, 'shop');

describe('readEnd reads every form of an end', () => {
  it.each<[string, End]>([
    ['pod/shop/client', { kind: 'pod', namespace: 'shop', name: 'client' }],
    ['pod/client', { kind: 'pod', namespace: 'shop', name: 'client' }],
    ['po/till/client', { kind: 'pod', namespace: 'till', name: 'client' }],
    ['deploy/shop/web', { kind: 'workload', of: 'deployments', namespace: 'shop', name: 'web' }],
    ['Deployment/shop/web', { kind: 'workload', of: 'deployments', namespace: 'shop', name: 'web' }],
    ['sts/ledger', { kind: 'workload', of: 'statefulsets', namespace: 'shop', name: 'ledger' }],
    ['ds/shop/agent', { kind: 'workload', of: 'daemonsets', namespace: 'shop', name: 'agent' }],
    ['job/shop/report', { kind: 'workload', of: 'jobs', namespace: 'shop', name: 'report' }],
    ['svc/shop/cart:http', { kind: 'service', namespace: 'shop', name: 'cart', port: 'http' }],
    ['svc/cart:80/tcp', { kind: 'service', namespace: 'shop', name: 'cart', port: 80, protocol: 'TCP' }],
    [
      'svc/kube-system/kube-dns:53/udp',
      { kind: 'service', namespace: 'kube-system', name: 'kube-dns', port: 53, protocol: 'UDP' },
    ],
    ['svc/shop/tcp', { kind: 'service', namespace: 'shop', name: 'tcp' }],
    ['svc/udp', { kind: 'service', namespace: 'shop', name: 'udp' }],
    ['node/node-a', { kind: 'node', name: 'node-a' }],
    ['node/node-a:30080', { kind: 'node', name: 'node-a', port: 30080 }],
    ['ing/shop/front', { kind: 'ingress', namespace: 'shop', name: 'front' }],
    ['host/www.example.com:443', { kind: 'host', name: 'www.example.com', port: 443 }],
    ['host/_db.Example.com.', { kind: 'host', name: '_db.Example.com.' }],
    ['ip/198.51.100.7:80', { kind: 'ip', address: '198.51.100.7', port: 80 }],
    ['ip/[2001:db8::7]:80/sctp', { kind: 'ip', address: '2001:db8::7', port: 80, protocol: 'SCTP' }],
    ['cidr/203.0.113.0/24', { kind: 'cidr', cidr: '203.0.113.0/24' }],
    ['cidr/2001:db8::/32', { kind: 'cidr', cidr: '2001:db8::/32' }],
    ['outside', { kind: 'outside' }],
    ['outside/ip/198.51.100.7', { kind: 'outside', address: '198.51.100.7' }],
    ['outside/ip/[2001:db8::7]', { kind: 'outside', address: '2001:db8::7' }],
    ['control-plane', { kind: 'control-plane' }],
  ])('%s', (text, end) => {
    expect(read(text)).toEqual(end);
    expect(endSchema.safeParse(end).success).toBe(true);
  });
});

describe('readEnd says what is wrong and what works', () => {
  it.each([
    ['cart', '"cart" does not say what it is; write KIND/NAME, for example pod/shop/client'],
    ['/cart', '"/cart" does not say what it is'],
    ['', '"" does not say what it is'],
    ['pvc/shop/cart', '"pvc" is not a kind of end; for example pod/shop/client'],
    ['constructor/cart', '"constructor" is not a kind of end'],
    ['pod/', 'pod/: a name is missing'],
    ['pod/shop/', 'pod/shop/: expected pod/[NAMESPACE/]NAME'],
    ['svc/a/b/c', 'svc/a/b/c: expected svc/[NAMESPACE/]NAME'],
    ['pod/shop/Client', '"Client" is no name in Kubernetes'],
    ['pod/../../secrets', 'expected pod/[NAMESPACE/]NAME'],
    ['pod/shop/cl%69ent', '"cl%69ent" is no name in Kubernetes'],
    ['svc/shop/cart:0', 'svc/shop/cart:0: the port 0 is not between 1 and 65535.'],
    ['svc/shop/cart:70000', 'the port 70000 is not between 1 and 65535.'],
    ['svc/shop/cart:HTTP', '"HTTP" is not a port.'],
    ['svc/shop/cart:80/icmp', '"icmp" is not a protocol; TCP, UDP and SCTP are.'],
    ['svc/shop/cart:', 'expected NAME[:PORT[/PROTOCOL]]'],
    ['svc/shop/cart:80/tcp/x', 'expected NAME[:PORT[/PROTOCOL]]'],
    ['ip/2001:db8::7', 'an IPv6 address in brackets'],
    ['ip/10.0.0', '"10.0.0" is not an IP address.'],
    ['host/10.0.0.7:80', '"10.0.0.7" is an address; write ip/10.0.0.7:80.'],
    ['host/https://example.com', 'expected NAME[:PORT[/PROTOCOL]]'],
    ['cidr/203.0.113.0', 'cidr/203.0.113.0: expected ADDRESS/BITS'],
    ['cidr/203.0.113.0/33', 'expected ADDRESS/BITS'],
    ['outside/banana', 'expected outside or outside/ip/ADDRESS.'],
  ])('%j', (text, sentence) => {
    expect(() => read(text)).toThrow(EndProblem);
    expect(() => read(text)).toThrow(sentence);
  });

  it('never throws anything else, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((rest) => `svc/${rest}`),
          fc.string().map((rest) => `ip/${rest}`),
        ),
        (text) => {
          try {
            expect(endSchema.safeParse(read(text)).success).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(EndProblem);
          }
        },
      ),
    );
  });
});

const name = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/);
const anyName = fc.oneof(name, fc.constantFrom('tcp', 'udp', 'pod', 'ip', 'cart.v2'));
const portName = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);
const tail = fc.oneof(
  fc.constant({}),
  fc.record({ port: fc.oneof(fc.integer({ min: 1, max: 65535 }), portName) }),
  fc.record({
    port: fc.oneof(fc.integer({ min: 1, max: 65535 }), portName),
    protocol: fc.constantFrom('TCP', 'UDP', 'SCTP'),
  }),
);
const placed = <T extends object>(head: fc.Arbitrary<T>) =>
  fc.tuple(head, tail).map(([one, two]) => ({ ...one, ...two }));
const named = { namespace: anyName, name: anyName };
const address = fc.oneof(fc.ipV4(), fc.ipV6());
const end = fc.oneof(
  placed(fc.record({ kind: fc.constantFrom('pod', 'service', 'ingress'), ...named })),
  placed(
    fc.record({
      kind: fc.constant('workload'),
      of: fc.constantFrom('deployments', 'statefulsets', 'daemonsets', 'jobs'),
      ...named,
    }),
  ),
  placed(fc.record({ kind: fc.constant('node'), name: anyName })),
  placed(fc.record({ kind: fc.constant('host'), name: fc.constantFrom('cart', 'www.example.com', 'db.') })),
  placed(fc.record({ kind: fc.constant('ip'), address })),
  fc.record({ kind: fc.constant('cidr'), cidr: fc.constantFrom('203.0.113.0/24', '2001:db8::/32') }),
  fc.constant({ kind: 'outside' }),
  fc.record({ kind: fc.constant('outside'), address }),
  fc.constant({ kind: 'control-plane' }),
) as fc.Arbitrary<End>;

describe('writeEnd', () => {
  it('writes what readEnd reads back as the same end', () => {
    fc.assert(
      fc.property(end, (one) => {
        expect(readEnd(writeEnd(one), 'other')).toEqual(one);
      }),
    );
  });
});

describe('flowBetween', () => {
  it('takes port and protocol from the destination', () => {
    const from = read('pod/shop/client:99');
    expect(flowBetween(from, read('svc/kube-system/kube-dns:53/udp'))).toMatchObject({ protocol: 'UDP', port: 53 });
  });

  it('means TCP and leaves the port open where the destination names none', () => {
    const flow = flowBetween(read('pod/shop/client'), read('svc/shop/cart'));
    expect(flow.protocol).toBe('TCP');
    expect(flow).not.toHaveProperty('port');
    expect(flowBetween(read('control-plane'), read('cidr/203.0.113.0/24')).protocol).toBe('TCP');
  });
});
