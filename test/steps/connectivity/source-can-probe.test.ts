import { expect, it } from 'vitest';
import type { AnyStep } from '../../../src/domain/step.js';
import sourceCanProbe from '../../../src/steps/connectivity/source-can-probe.js';
import { recorded } from '../../parse/recorded.js';
import { ran } from '../../support/fake-world.js';
import { look, sentences, toCart } from './shop.js';

const step = sourceCanProbe as unknown as AnyStep;

it.each([
  ['can', ['nc', 'nslookup']],
  ['connect-only', ['bash']],
  ['resolve-only', ['getent']],
  ['nothing', []],
])('%s', (outcome, present) => expect(sentences(step, 'source-can-probe', { present })).toBe(outcome));

it('finds a busybox enough', async () => {
  const {
    judged,
    used,
    ran: queries,
  } = await look(step, toCart, {}, () => ran(recorded('sh', 'tools'), { tool: 'sh' }));
  expect(judged.outcome).toBe('can');
  expect(used).toEqual(step.reads);
  expect(queries).toEqual(step.runs.map(({ name }) => name));
});

it('tells the way in that it took', async () => {
  const said = ran(recorded('sh', 'tools'), { tool: 'sh', by: 'ephemeral', at: 'container net-triage-a' });
  const { judged } = await look(step, toCart, {}, () => said);
  expect(judged.facts).toMatchObject({ by: 'ephemeral' });
});
