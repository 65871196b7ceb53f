import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  masqueradeExceptionsSchema,
  parseMasqueradeExceptions as parse,
} from '../../../src/parse/egress/masquerade-exceptions.js';

describe('the configuration of ip-masq-agent', () => {
  it.each([
    ['nonMasqueradeCIDRs:\n- 10.0.0.0/8\nmasqLinkLocal: false', ['10.0.0.0/8']],
    ['nonMasqueradeCIDRs:\n  - "10.0.0.0/8" # pods\n  # office\n  - fd00::/8\n', ['10.0.0.0/8', 'fd00::/8']],
    ['nonMasqueradeCIDRs: [10.0.0.0/8, 172.16.0.0/12]', ['10.0.0.0/8', '172.16.0.0/12']],
    ['{"nonMasqueradeCIDRs": [\n "10.0.0.0/8"\n], "resyncInterval": "60s"}', ['10.0.0.0/8']],
    ['nonMasqueradeCIDRs: []', []],
  ])('reads %j', (text, ranges) => expect(parse(text)).toEqual({ ranges, understood: true }));

  it('says what it does not understand', () => {
    expect(parse('resyncInterval: 60s').understood).toBe(false);
    expect(parse('nonMasqueradeCIDRs:\n- everything').understood).toBe(false);
  });

  it('takes any text', () =>
    fc.assert(
      fc.property(fc.string(), (text) => {
        masqueradeExceptionsSchema.parse(parse(`nonMasqueradeCIDRs:\n${text}`));
      }),
    ));
});
