import { expect, it } from 'vitest';
import { tallyOf } from '../../src/domain/prediction.js';

const found = (node: string, result: 'pass' | 'fail' | 'unsure' | 'warn' | 'skip' | 'error', run = 1) => ({
  node,
  run,
  result,
});
const said = (node: string, guess: 'pass' | 'fail' | 'unsure', run = 1) => ({ node, run, guess });

it('counts what came true, of what could', () => {
  const findings = [found('a', 'pass'), found('b', 'fail'), found('c', 'unsure')];
  expect(tallyOf([said('a', 'pass'), said('b', 'pass'), said('c', 'unsure')], findings)).toEqual({ right: 2, of: 3 });
});

it('counts no result that nobody can predict: a warning, and what could not be looked at', () => {
  const findings = [found('a', 'warn'), found('b', 'skip'), found('c', 'error')];
  expect(tallyOf([said('a', 'fail'), said('b', 'pass'), said('c', 'unsure')], findings)).toEqual({ right: 0, of: 0 });
});

it('counts a result without a prediction, and a prediction without a result, for neither', () => {
  expect(tallyOf([said('b', 'pass')], [found('a', 'pass')])).toEqual({ right: 0, of: 0 });
});

it('tells the runs of a check apart', () => {
  expect(tallyOf([said('a', 'fail'), said('a', 'pass', 2)], [found('a', 'fail'), found('a', 'fail', 2)])).toEqual({
    right: 1,
    of: 2,
  });
});
