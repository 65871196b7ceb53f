import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.js';
import { weigh } from '../../src/verdict/weigh.js';
import { blind, phrase, saw, trail } from './cart.js';

const best = (...findings: Finding[]) => {
  const [first] = weigh(trail(findings)).causes;
  return first && [first.id, first.certainty, ...first.capped];
};

describe('certainty', () => {
  it.each([
    [
      'a mechanism seen at work on a flow that failed',
      [saw('labels', 'none'), saw('address', 'refuses')],
      ['CART-1', 'certain'],
    ],
    [
      'the same, but nothing was allowed to try the flow',
      [saw('labels', 'none')],
      ['CART-1', 'probable', 'not-reproduced'],
    ],
    [
      'the same, but the flow was tried and answers',
      [saw('labels', 'none'), saw('address', 'answers')],
      ['CART-1', 'possible', 'not-reproduced'],
    ],
    [
      'a mechanism against an observation that excludes it',
      [saw('labels', 'none'), saw('labels', 'fine', { node: 'again' }), saw('address', 'refuses')],
      ['CART-1', 'possible', 'unexplained-contrast'],
    ],
    [
      'a mechanism that leaves one symptom unexplained',
      [saw('labels', 'none'), saw('address', 'refuses'), saw('address', 'waits', { node: 'again' })],
      ['CART-1', 'probable', 'unexplained-contrast'],
    ],
    [
      'a mechanism that explains no symptom',
      [saw('labels', 'none'), saw('address', 'waits')],
      ['CART-1', 'possible', 'unexplained-contrast'],
    ],
    [
      'a state that must cause such symptoms',
      [saw('labels', 'odd'), saw('address', 'refuses')],
      ['CART-1', 'probable'],
    ],
    ['a hint', [saw('labels', 'few'), saw('address', 'waits')], ['CART-1', 'possible', 'only-weak']],
    [
      'both halves of a proof',
      [saw('sockets', 'elsewhere'), saw('endpoints', 'refuse'), saw('address', 'refuses')],
      ['CART-1', 'certain'],
    ],
    ['one half of a proof', [saw('sockets', 'elsewhere')], undefined],
    [
      'a rival whose separator nobody was allowed to look at',
      [saw('labels', 'none'), saw('address', 'refuses'), blind('rules')],
      ['CART-1', 'probable', 'separator-not-checked'],
    ],
    [
      'two rivals with strong evidence',
      [saw('labels', 'odd'), saw('rules', 'old'), saw('address', 'refuses')],
      ['CART-2', 'possible', 'rival'],
    ],
  ])('%s', (_, findings, expected) => expect(best(...findings)).toEqual(expected));

  it('calls two faults certain when each explains what the other does not', () => {
    const { causes: ranked, unexplained } = weigh(
      trail([saw('labels', 'none'), saw('address', 'refuses'), saw('name', 'gone')]),
    );
    expect(ranked.slice(0, 2).map(({ id, certainty }) => [id, certainty])).toEqual([
      ['CART-1', 'certain'],
      ['CART-3', 'certain'],
    ]);
    expect(unexplained).toEqual(['nameless']);
  });
});

describe('verdict', () => {
  it('is healthy only after the flow was tried, and where the walk found nothing else to look for', () => {
    const sound = { ...trail([saw('address', 'answers')]), conclusion: { healthy: null } };
    expect(weigh(sound).result).toBe('healthy');
    expect(weigh({ ...sound, conclusion: { inconclusive: null } }).result).toBe('inconclusive');
    expect(weigh(trail([saw('labels', 'fine')]))).toMatchObject({ result: 'inconclusive' });
    expect(weigh(trail([saw('address', 'answers'), saw('name', 'gone')]))).toMatchObject({ result: 'fault' });
  });

  it('names the flow itself as the next check when nobody was allowed to try it', () => {
    expect(weigh(trail([saw('labels', 'fine'), blind('address')])).next).toBe('address');
  });

  it('names the separator as the next check between rivals', () => {
    expect(weigh(trail([saw('labels', 'odd'), saw('address', 'refuses')])).next).toBe('rules');
  });

  it('rules out what was refuted and says by what', () => {
    expect(weigh(trail([saw('rules', 'fresh'), saw('address', 'refuses')])).ruledOut).toEqual([
      { id: 'CART-2', by: 'rules/rules' },
    ]);
  });

  it('goes by the latest run of a node', () => {
    const findings = [saw('labels', 'none'), saw('labels', 'fine', { run: 2 }), saw('address', 'refuses')];
    expect(weigh(trail(findings)).ruledOut).toEqual([{ id: 'CART-1', by: 'labels/labels' }]);
  });

  it('lists what could not be looked at and the stations nobody visited', () => {
    const { notChecked } = weigh(trail([saw('address', 'answers'), blind('rules')]));
    expect(notChecked.map(({ check, reason }) => `${check} ${reason.code}`)).toEqual([
      'rules forbidden',
      'stage:pod not-reached',
      'stage:connectivity not-built',
      'stage:policy not-built',
      'stage:kube-proxy not-built',
      'stage:dns not-built',
      'stage:cni not-built',
      'stage:mtu-conntrack not-built',
    ]);
  });

  it('fills the statement with the flow and with the facts of the proof', () => {
    const labels = saw('labels', 'none', { facts: { selector: { app: 'cartt' }, service: 'payments' } });
    expect(weigh(trail([labels])).causes[0]).toMatchObject({
      statement: phrase('cart app=cartt'),
      subject: 'Service cart',
    });
  });

  it('falls back to the title where a fact is missing', () => {
    expect(weigh(trail([saw('labels', 'few')])).causes[0]).toMatchObject({ statement: phrase('A title') });
  });
});
