import { expect, it } from 'vitest';
import { renderReport } from '../../src/report/render.js';
import { reportInput } from '../support/report-input.js';
import { cartView } from '../support/session-view.js';

const view = cartView();
const said = (guess: 'pass' | 'fail') =>
  view.findings.map(({ node, check, run, seq, at }) => ({ ...{ node, check, run, seq, at }, guess }));
const passed = view.findings.filter(({ result }) => result === 'pass').length;
const judged = view.findings.filter(({ result }) => ['pass', 'fail', 'unsure'].includes(result)).length;

it.each(['md', 'html'] as const)('tells in %s how many results were foreseen', (format) => {
  expect(passed).toBeGreaterThan(0);
  expect(passed).toBeLessThan(judged);
  const told = renderReport(format, reportInput('en', { ...view, predictions: said('pass') }));
  expect(told).toContain(`Results that were predicted before they were shown: ${passed} of ${judged} right`);
});

it('says nothing of predictions where nobody made any', () => {
  expect(renderReport('md', reportInput('en', view))).not.toContain('predicted');
});
