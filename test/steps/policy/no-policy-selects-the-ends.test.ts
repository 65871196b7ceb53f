import { expect, it } from 'vitest';
import step from '../../../src/steps/policy/no-policy-selects-the-ends.js';
import { daemonSet, denyAll, ends, looking, policy, realm } from './realm.js';

const look = looking(step, 'no-policy-selects-the-ends');

it('none-there: no policy at all', async () => {
  expect(await look(realm([]))).toMatchObject({ outcome: 'none-there', result: 'pass' });
});

it('none-selects: policies for others, or for the other direction', async () => {
  const others = policy('till', { podSelector: { matchLabels: { app: 'till' } } });
  const wrongWay = policy('into-client', { podSelector: { matchLabels: { app: 'client' } }, policyTypes: ['Ingress'] });
  expect(await look(realm([others, wrongWay]))).toMatchObject({ outcome: 'none-selects', facts: { all: 2 } });
});

it('selected: names them for each end', async () => {
  const out = policy('out', { podSelector: { matchLabels: { app: 'client' } }, policyTypes: ['Egress'] });
  const found = await look(realm([denyAll, out]));
  expect(found).toMatchObject({
    outcome: 'selected',
    facts: { outgoing: ['shop/deny-all', 'shop/out'], incoming: ['shop/deny-all'] },
  });
});

it('other-language: a policy that nobody here reads', async () => {
  const evidence = step.evidence.parse({ selection: { all: 1, outgoing: [], incoming: [], foreign: ['guard'] } });
  expect(step.interpret(evidence, {} as never).outcome).toBe('other-language');
  const antrea = { daemonsets: [daemonSet('antrea', { name: 'antrea-agent' })], pods: ends };
  expect((await look(realm([], antrea))).outcome).toBe('none-there');
});

it('nothing-to-judge: a Service without Pods', async () => {
  expect((await look(realm([denyAll], { services: [] }))).outcome).toBe('nothing-to-judge');
});
