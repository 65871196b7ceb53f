import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.js';
import { answers, objects, probes, type Seen, wrongSelector, wrongTargetPort } from './shop.js';
import { summary, trailOf, weighed } from './weighed.js';

describe('two faults at once', () => {
  const both: Seen = {
    ...wrongSelector,
    'service-name-resolves': 'not-found',
    'source-resolver-is-the-cluster-dns': ['by-choice', { policy: 'Default', nameservers: ['198.51.100.53'] }],
  };

  it('are both named, each for what it explains', () => {
    const { result, causes: ranked, unexplained } = weighed(trailOf(both));
    expect(result).toBe('fault');
    expect(
      ranked
        .slice(0, 2)
        .map(({ id, certainty }) => `${id} ${certainty}`)
        .sort(),
    ).toEqual(['DNS-10 certain', 'SVC-01 certain']);
    expect(unexplained.length).toBeGreaterThan(0);
  });
});

describe('the network between the nodes', () => {
  const farSilent: Seen = {
    ...objects,
    'source-can-probe': 'can',
    'service-address-answers': 'some-fail',
    'each-endpoint-answers': 'some-fail',
    'near-and-far-endpoints-answer': 'far-fails',
    'endpoint-answers-ping': 'far-silent',
    'service-name-resolves': 'matches',
  };

  it('is only possible as long as nobody looked at the nodes', () => {
    const { result, causes: ranked, ruledOut } = weighed(trailOf(farSilent));
    expect([result, ranked[0]?.id]).toEqual(['inconclusive', 'CNI-11']);
    expect(ruledOut.map(({ id }) => id)).toContain('SVC-05');
  });

  it('has what left a trace before what is only usual', () => {
    const { causes: ranked } = weighed(trailOf({ ...farSilent, 'cni-agent-runs': 'restarted' }));
    expect(ranked.slice(0, 2).map(({ id, certainty }) => [id, certainty])).toEqual([
      ['CNI-15', 'possible'],
      ['CNI-11', 'possible'],
    ]);
  });
});

describe('a flow that was tried from a Pod made like the source', () => {
  const fromLookAlike = (seen: Seen) =>
    trailOf(seen).map(
      (finding): Finding => (probes.includes(finding.check) ? { ...finding, lookAlike: true } : finding),
    );

  it('is not healthy because it works there, and nothing is exonerated by that', () => {
    const here = weighed(trailOf({ ...objects, ...answers }));
    const there = weighed(fromLookAlike({ ...objects, ...answers }));
    expect([here.result, there.result]).toEqual(['healthy', 'inconclusive']);
    expect(here.ruledOut.map(({ id }) => id)).toContain('CNI-21');
    expect(there.ruledOut.map(({ id }) => id)).not.toContain('CNI-21');
    expect(there.notChecked).toContainEqual({
      ...{ check: 'service-address-answers', stage: 'connectivity' },
      reason: { code: 'look-alike', detail: '' },
    });
    expect(here.notChecked.map(({ reason }) => reason.code)).not.toContain('look-alike');
  });

  it.each([
    ['wrong selector', wrongSelector, 'SVC-01'],
    ['wrong target port', wrongTargetPort, 'SVC-03'],
  ] as [string, Seen, string][])('is as broken as from the source itself: %s', (_, seen, cause) => {
    expect(summary(fromLookAlike(seen))).toEqual(['fault', cause, 'certain']);
  });
});
