import { expect, it } from 'vitest';
import { merged } from '../../src/domain/merged.js';

const seen = (...pairs: [step: string, outcome: string][]) => pairs.map(([step, outcome]) => ({ step, outcome }));

it('writes the outcomes of one step together', () => {
  expect(merged([seen(['cart', 'gone']), seen(['till', 'shut']), seen(['cart', 'lost'])])).toEqual([
    [{ step: 'cart', outcomes: ['gone', 'lost'] }],
    [{ step: 'till', outcomes: ['shut'] }],
  ]);
});

it('writes every combination of two steps as one line', () => {
  expect(
    merged([
      seen(['cart', 'gone'], ['till', 'shut']),
      seen(['cart', 'gone'], ['till', 'off']),
      seen(['cart', 'lost'], ['till', 'shut']),
      seen(['cart', 'lost'], ['till', 'off']),
    ]),
  ).toEqual([
    [
      { step: 'cart', outcomes: ['gone', 'lost'] },
      { step: 'till', outcomes: ['shut', 'off'] },
    ],
  ]);
});

it('never claims a combination that is not there', () => {
  const items = [seen(['cart', 'gone'], ['till', 'shut']), seen(['cart', 'lost'], ['till', 'off'])];
  expect(merged(items)).toHaveLength(2);
});
