import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectFactsSchema, connectOutcome, parseConnect } from '../../src/parse/connect.js';
import { recorded } from './recorded.js';

const tools = ['nc-busybox', 'nc-openbsd', 'bash', 'curl'];
const failures = ['refused', 'timeout', 'no-route', 'net-unreachable', 'prohibited', 'no-name'];

describe.each(tools)('connects by %s', (tool) => {
  it.each(failures)('reads %s', (failure) => {
    const facts = parseConnect(recorded(tool, `connect-${failure}`), tool);
    expect(facts).toMatchObject({ open: 0, failed: 2, of: 2, unread: 0, classes: { [failure]: 2 } });
  });

  it.each([
    ['open', 3],
    ['open-ipv6', 2],
    ['open-silent', 2],
  ])('reads %s', (name, of) => {
    expect(parseConnect(recorded(tool, `connect-${name}`), tool)).toMatchObject({
      open: of,
      failed: 0,
      of,
      classes: {},
    });
  });
});

it('counts a missing program as unread, not as a failure of the network', () => {
  const facts = parseConnect('try 1 exit=127 from=1.00 to=1.00 sh: nc: not found\n', 'nc');
  expect(facts).toMatchObject({ open: 0, failed: 0, of: 0, unread: 1 });
});

it('counts a series that said nothing as no tries at all', () => {
  expect(parseConnect('', 'nc')).toMatchObject({ of: 0, unread: 0, tries: [] });
});

it.each([
  ["nc: can't connect to remote host (10.77.0.2): Host is unreachable", 'no-route'],
  ['nc: connect to 198.51.100.7 port 80 (tcp) failed: Invalid argument', 'no-route'],
  ["nc: can't connect to remote host (10.77.0.2): Operation timed out", 'timeout'],
  ["nc: can't connect to remote host (10.77.0.2): Network unreachable", 'net-unreachable'],
])('knows the words of musl: %s', (message, expected) => {
  const facts = parseConnect(`try 1 exit=1 from=1.00 to=1.00 ${message}\n`, 'nc');
  expect(facts.classes).toEqual({ [expected]: 1 });
});

it('takes any text, and its counts add up', () => {
  const line = fc.tuple(fc.nat(260), fc.string()).map(([exit, words]) => `try 1 exit=${exit} from=1.0 to=1.2 ${words}`);
  fc.assert(
    fc.property(fc.array(fc.oneof(line, fc.string())), (lines) => {
      const facts = connectFactsSchema.parse(parseConnect(lines.join('\n'), 'nc'));
      expect(facts.open + facts.failed + facts.unread).toBe(facts.tries.length);
    }),
  );
});

it.each([
  ['answers', { failed: 0, of: 9, classes: {} }],
  ['some-fail', { failed: 3, of: 9, classes: { timeout: 3 } }],
  ['refused', { failed: 9, of: 9, classes: { refused: 2, timeout: 7 } }],
  ['times-out', { failed: 9, of: 9, classes: { timeout: 8, 'no-route': 1 } }],
  ['unreachable', { failed: 3, of: 3, classes: { 'no-local-port': 3 } }],
  ['resets', { failed: 3, of: 3, classes: { reset: 3 } }],
])('sums a series up as %s', (expected, series) => expect(connectOutcome(series)).toBe(expected));
