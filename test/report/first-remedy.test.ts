import { expect, it } from 'vitest';
import { firstRemedy } from '../../src/report/candidate.js';
import { renderReport } from '../../src/report/render.js';
import { reportInput } from '../support/report-input.js';

const input = reportInput();
const [candidate] = input.session.verdict?.causes ?? [];
if (!candidate) throw new Error('the cart has no cause');

/** The cause of the cart with remedies of these severities. */
const withRemedies = (...severities: readonly number[]) => {
  const cause = input.catalog.causes['SVC-01'];
  const [remedy] = cause?.remedies ?? [];
  if (!cause || !remedy) throw new Error('the cart has no remedy');
  const remedies = severities.map((severity) => ({ ...remedy, severity, rollback: `undo of ${severity}` }));
  return {
    ...input,
    catalog: { ...input.catalog, causes: { ...input.catalog.causes, 'SVC-01': { ...cause, remedies } } },
  };
};

it.each([
  ['the mildest that repairs something', [3, 0, 2], 2],
  ['what only reads, where nothing else is known', [0], 0],
  ['nothing, where nothing is known', [], undefined],
] as const)('is %s', (_, severities, expected) => {
  expect(firstRemedy(withRemedies(...severities), candidate)?.severity).toBe(expected);
});

it('is undone by words, not by a command, where it only reads', () => {
  const page = renderReport('md', withRemedies(0));
  expect(page).toContain('Undo: undo of 0.');
  expect(page).not.toContain('```sh\nundo of 0\n```');
});
