import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { httpFactsSchema, parseHttp } from '../../src/parse/http.js';
import { recorded } from './recorded.js';

describe.each(['nc-busybox', 'nc-openbsd', 'bash', 'curl'])('one GET by %s', (tool) => {
  const read = (name: string) => parseHttp(recorded(tool, `http-${name}`), tool, 2);

  it.each([
    ['answered', 200],
    ['busy', 503],
  ])('reads the status of %s', (name, status) => {
    expect(read(name)).toMatchObject({ answered: 1, failed: 0, statuses: [status] });
    expect(read(name).tries[0]).toMatchObject({ class: 'answered', server: 'cart/1.0' });
  });

  it('takes the greeting of another protocol for an answer', () => {
    expect(read('not-http')).toMatchObject({ answered: 1, failed: 0, tries: [{ class: 'not-http' }] });
  });

  it.each([
    ['refused', 'refused'],
    ['timeout', 'timeout'],
    ['silent', 'silent'],
    ['closed', 'empty'],
    // OpenBSD's nc has no word for a reset while it reads.
    ['reset', tool === 'nc-openbsd' ? 'empty' : 'reset'],
    ['no-name', 'no-name'],
  ])('reads %s', (name, expected) => {
    expect(read(name)).toMatchObject({ answered: 0, failed: 1, unread: 0, classes: { [expected]: 1 }, statuses: [] });
  });
});

it('takes any text, and its counts add up', () => {
  const line = fc
    .tuple(fc.nat(260), fc.string())
    .map(([exit, words]) => `try 1 exit=${exit} from=1.0 to=1.2 net-triage: connected ${words}`);
  fc.assert(
    fc.property(fc.array(fc.oneof(line, fc.string())), fc.constantFrom('curl', 'nc', 'bash'), (lines, tool) => {
      const facts = httpFactsSchema.parse(parseHttp(lines.join('\n'), tool, 2));
      expect(facts.answered + facts.failed + facts.unread).toBe(facts.tries.length);
    }),
  );
});
