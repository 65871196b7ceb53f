import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routeOf, routeSchema } from '../../src/domain/ingress-route.js';

const backend = (name: string) => ({ service: { name, port: { number: 80 } } });
const path = (at: string, pathType: string, name = at) => ({ path: at, pathType, backend: backend(name) });
const spec = (...paths: ReturnType<typeof path>[]) => ({ spec: { rules: [{ http: { paths } }] } });
const to = (ingress: object, asked: string) => routeOf(ingress, { path: asked });

// The table of https://kubernetes.io/docs/concepts/services-networking/ingress/#examples
describe('paths', () => {
  it.each([
    ['Prefix', '/', '/any/thing', true],
    ['Exact', '/foo', '/foo', true],
    ['Exact', '/foo', '/bar', false],
    ['Exact', '/foo', '/foo/', false],
    ['Exact', '/foo/', '/foo', false],
    ['Prefix', '/foo', '/foo', true],
    ['Prefix', '/foo', '/foo/', true],
    ['Prefix', '/foo/', '/foo', true],
    ['Prefix', '/foo/', '/foo/', true],
    ['Prefix', '/aaa/bb', '/aaa/bbb', false],
    ['Prefix', '/aaa/bbb', '/aaa/bbb', true],
    ['Prefix', '/aaa/bbb/', '/aaa/bbb', true],
    ['Prefix', '/aaa/bbb', '/aaa/bbb/', true],
    ['Prefix', '/aaa/bbb', '/aaa/bbb/ccc', true],
    ['Prefix', '/aaa/bbb', '/aaa/bbbxyz', false],
  ])('%s %s takes %s: %s', (pathType, rule, asked, takes) =>
    expect(to(spec(path(rule, pathType)), asked).by).toBe(takes ? 'rule' : 'path-differs'),
  );

  it('goes by the longest, whatever the order', () => {
    const three = spec(path('/', 'Prefix'), path('/aaa/bbb', 'Prefix'), path('/aaa', 'Prefix'));
    expect(to(three, '/aaa/bbb/c').backend?.service).toBe('/aaa/bbb');
    expect(to(three, '/aaa/c').backend?.service).toBe('/aaa');
    expect(to(three, '/ccc').backend?.service).toBe('/');
  });

  it('goes by the exact one of two alike', () =>
    expect(to(spec(path('/foo', 'Prefix', 'prefix'), path('/foo', 'Exact', 'exact')), '/foo').backend?.service).toBe(
      'exact',
    ));
});

it('has a route for every Ingress and request', () => {
  const any = fc.array(
    fc.record({
      host: fc.option(fc.constantFrom('a.example', '*.example', '*'), { nil: undefined }),
      http: fc.record({
        paths: fc.array(
          fc.record({
            path: fc.option(fc.string(), { nil: undefined }),
            pathType: fc.constantFrom('Exact', 'Prefix', 'ImplementationSpecific'),
            backend: fc.constant(backend('cart')),
          }),
        ),
      }),
    }),
  );
  fc.assert(
    fc.property(any, fc.string(), fc.constantFrom('a.example', 'b', ''), (rules, asked, host) => {
      routeSchema.parse(routeOf({ spec: { rules } }, { host, path: asked }));
    }),
  );
});
