import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePing, pingFactsSchema } from '../../src/parse/ping.js';
import { recorded } from './recorded.js';

describe.each(['ping-busybox', 'ping-iputils'])('%s', (tool) => {
  it.each(['answers', 'answers-ipv6'])('reads %s', (name) => {
    const facts = parsePing(recorded(tool, name));
    expect(facts).toMatchObject({ class: 'answers', sent: 2, received: 2 });
    expect(facts.rtt).toBeGreaterThan(0);
  });

  it.each(['silent', 'no-route', 'no-name', 'not-permitted'])('reads %s', (name) => {
    expect(parsePing(recorded(tool, name))).toMatchObject({ class: name, received: 0 });
  });
});

it('takes any text', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => pingFactsSchema.parse(parsePing(text))).not.toThrow();
    }),
  );
});
