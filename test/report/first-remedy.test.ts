import { describe, expect, it } from 'vitest';
import { firstRemedy } from '../../src/report/candidate.js';
import { renderReport } from '../../src/report/render.js';
import { reportInput } from '../support/report-input.js';

const input = reportInput();
const [candidate] = input.session.verdict?.causes ?? [];
if (!candidate) throw new Error('the cart has no cause');

const nothing = { en: 'There is nothing to undo.', 'zh-CN': '无需撤销.' };

/** The cause of the cart with remedies of these severities. */
const withRemedies = (...severities: readonly number[]) => {
  const cause = input.catalog.causes['SVC-01'];
  const [remedy] = cause?.remedies ?? [];
  if (!cause || !remedy) throw new Error('the cart has no remedy');
  const remedies = severities.map((severity) => ({
    ...remedy,
    severity,
    rollback: severity === 0 ? nothing : `undo of ${severity}`,
  }));
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
  expect(page).toContain('Undo: There is nothing to undo.');
  expect(page).not.toContain('```sh\nThere is nothing to undo.\n```');
});

describe('the workload of a remedy', () => {
  const command = 'kubectl -n {namespace} rollout undo {destination-workload}';
  const told = (facts: object) => {
    const given = withRemedies(1);
    const cause = given.catalog.causes['SVC-01'];
    if (!cause) throw new Error('the cart has no cause');
    const remedies = cause.remedies.map((remedy) => ({ ...remedy, command }));
    const catalog = { ...given.catalog, causes: { ...given.catalog.causes, 'SVC-01': { ...cause, remedies } } };
    const [first, ...others] = given.session.findings;
    if (!first) throw new Error('the cart has no finding');
    const session = { ...given.session, findings: [{ ...first, facts: { ...first.facts, ...facts } }, ...others] };
    return firstRemedy({ ...given, catalog, session }, candidate)?.command;
  };

  it('is the one that any check of the session saw', () => {
    expect(told({ 'destination-workload': 'deployment/cart' })).toBe('kubectl -n shop rollout undo deployment/cart');
  });

  it('stands in capitals where none did', () => {
    expect(told({})).toBe('kubectl -n shop rollout undo WORKLOAD_OF_THE_PODS');
  });
});
