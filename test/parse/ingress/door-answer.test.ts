import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHttp } from '../../../src/parse/http.js';
import { doorOutcome, doorOutcomes, failedTries } from '../../../src/parse/ingress/door-answer.js';
import { recorded } from '../recorded.js';

const nginx = (...names: string[]) =>
  parseHttp(names.map((name) => recorded('ingress-nginx', name)).join('\n'), 'curl', 8);
const curl = (name: string) => parseHttp(recorded('curl', `http-${name}`), 'curl', 2);

describe('what a request came to', () => {
  it.each([
    ['answers', nginx('get-answers')],
    ['answers', nginx('https-cart')],
    ['redirects', nginx('get-redirects')],
    ['answers', nginx('get-answers', 'get-redirects')],
    ['not-found', nginx('get-unknown')],
    ['bad-request', nginx('get-bad')],
    ['bad-gateway', nginx('get-refused')],
    ['unavailable', nginx('get-unavailable')],
    ['gateway-timeout', nginx('get-slow')],
    ['some-fail', nginx('get-answers', 'get-slow')],
    ['bad-gateway', nginx('get-refused', 'get-slow')],
    ['refused', curl('refused')],
    ['times-out', curl('timeout')],
    ['resets', curl('reset')],
    ['accepts-but-silent', curl('silent')],
    ['accepts-but-silent', curl('closed')],
    ['not-http', curl('not-http')],
    ['not-tried', parseHttp('', 'curl', 2)],
  ])('is %s', (word, facts) => expect(doorOutcome(facts)).toBe(word));

  it('counts the failures by what they came to', () =>
    expect(failedTries(nginx('get-answers', 'get-refused', 'get-slow'))).toEqual({
      'bad-gateway': 3,
      'gateway-timeout': 3,
    }));

  it('has a word for every status and every class', () => {
    const tries = fc.array(
      fc.record({
        class: fc.constantFrom('answered' as const, 'silent' as const, 'refused' as const, 'no-route' as const),
        status: fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined }),
        message: fc.string(),
      }),
    );
    fc.assert(fc.property(tries, (all) => Object.hasOwn(doorOutcomes, doorOutcome({ tries: all }))));
  });
});
