import { describe, expect, it } from 'vitest';
import { whyLines } from '../../src/report/why.js';
import { reportInput } from '../support/report-input.js';
import { cartView } from '../support/session-view.js';
import { causes, elimination } from '../verdict/real-causes.js';
import { wrongSelector } from '../verdict/shop.js';
import { trailOf } from '../verdict/weighed.js';

const stamped = trailOf(wrongSelector).map((finding, seq) => ({ ...finding, seq, at: '2026-11-21T02:14:04.000Z' }));
const session = { ...cartView(), findings: stamped };

describe.each(['en', 'zh-CN'] as const)('in %s', (language) => {
  const made = reportInput(language, session);
  const input = { ...made, catalog: { ...made.catalog, causes, elimination } };

  it('names what speaks for and against each candidate, and what would change it', () => {
    expect(whyLines(input).join('\n')).toMatchSnapshot();
  });

  it('says of a cause that is out why it is', () => {
    expect(whyLines(input, 'SVC-02').join('\n')).toMatchSnapshot();
  });

  it('names beside a cause what can be why it holds, and calls it no rival', () => {
    const seen = {
      'destination-address-answers': 'times-out',
      'source-address-is-translated': 'not-translated',
      'aws-settings-suit-the-pods': 'older-than-settings',
    };
    const findings = trailOf(seen).map((finding, seq) => ({ ...finding, seq, at: '2026-11-21T02:14:04.000Z' }));
    const translated = { ...input, session: { ...session, findings } };
    expect(whyLines(translated, 'EGR-01').join('\n')).toMatchSnapshot();
    expect(whyLines(input, 'EGR-01').join('\n')).not.toContain('AWS-03');
  });

  it('leaves no phrase and no placeholder unfilled', () => {
    for (const id of Object.keys(input.catalog.causes))
      expect(whyLines(input, id).join('\n')).not.toMatch(/why\.|\{\w/);
  });
});
