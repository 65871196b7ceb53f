import fc from 'fast-check';
import type { Call } from '../../src/domain/ports.js';

const name = fc.constantFrom('cart', 'checkout', 'payments');
const namespace = fc.constantFrom('shop', 'till');
const selector = fc.option(fc.dictionary(fc.constantFrom('app', 'tier'), name, { maxKeys: 2 }), { nil: undefined });
const pod = fc.record({ namespace, name, container: fc.option(name, { nil: undefined }) });
const query = fc.constantFrom('ip-routes', 'tcp-connect');
const args = fc.dictionary(fc.constantFrom('host', 'port'), fc.constantFrom('10.0.0.7', 80), { maxKeys: 2 });

/** Any call a session can make, out of so few that some come twice. */
export const anyCall: fc.Arbitrary<Call> = fc.oneof(
  fc.record({ port: fc.constant('kube'), verb: fc.constant('get'), kind: fc.constant('services'), namespace, name }),
  fc.record({
    port: fc.constant('kube'),
    verb: fc.constant('list'),
    kind: fc.constant('pods'),
    namespace,
    labels: selector,
  }),
  fc.record({ port: fc.constant('kube'), verb: fc.constant('logs'), pod, tailLines: fc.constantFrom(10, 100) }),
  fc.record({
    port: fc.constant('kube'),
    verb: fc.constant('history'),
    question: fc.constantFrom('node-history', 'name-history'),
    args: fc.dictionary(fc.constant('nodes'), fc.array(name, { maxLength: 2 })),
    since: fc.option(fc.nat(), { nil: undefined }),
  }),
  fc.record({ port: fc.constant('kube'), verb: fc.constant('rules'), namespace }),
  fc.record({ port: fc.constant('kube'), verb: fc.constant('version') }),
  fc.record({ port: fc.constant('pod'), pod, query, args }),
  fc.record({ port: fc.constant('node'), node: fc.constantFrom('node-a', 'node-b'), query, args }),
) as fc.Arbitrary<Call>;
