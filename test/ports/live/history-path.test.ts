import { describe, expect, it } from 'vitest';
import { InvalidName } from '../../../src/clean/names.js';
import { NotAllowed } from '../../../src/ports/live/allowlist.js';
import { type ApiRequest, admit } from '../../../src/ports/live/api-request.js';

describe('what a Service is sent', () => {
  const request: ApiRequest = {
    ...{ verb: 'get', group: '', version: 'v1', resource: 'services', subresource: 'proxy' },
    ...{ namespace: 'monitoring', name: 'prometheus:9090' },
    asks: { question: 'name-history', args: {}, window: { from: 0, to: 60, step: 15 } },
  };

  it('is nothing but a question of the list', () => {
    const ask = request.asks as NonNullable<ApiRequest['asks']>;
    expect(admit(request, 'probe').path).toMatch(
      /^\/api\/v1\/namespaces\/monitoring\/services\/prometheus:9090\/proxy\/api\/v1\/query_range\?/,
    );
    for (const wrong of [
      { asks: undefined },
      { asks: { ...ask, question: 'up' } },
      { asks: { ...ask, question: 'toString' } },
      { asks: { ...ask, args: { nodes: ['node-a'] } } },
      { asks: { ...ask, question: 'node-history', args: { nodes: ['a"} or up{b="'] } } },
      { subresource: undefined },
      { resource: 'nodes' },
      { verb: 'create', body: {} },
    ] as Partial<ApiRequest>[])
      expect(() => admit({ ...request, ...wrong }, 'probe')).toThrow(NotAllowed);
  });

  it.each(['prometheus', 'prometheus:9090/../x', 'a:b:c:d', 'prometheus:', '../secrets:80', 'http:prometheus:70000'])(
    'never goes to %s',
    (name) => expect(() => admit({ ...request, name }, 'probe')).toThrow(InvalidName),
  );
});
