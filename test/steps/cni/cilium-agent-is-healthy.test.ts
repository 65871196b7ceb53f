import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/cni/cilium-agent-is-healthy.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { says, status } from './cilium-says.js';
import { ciliumShop, flannelShop, nobodyAsks } from './plugin-shop.js';
import { toCart } from './three-nodes.js';

const look = looking(step, 'cilium-agent-is-healthy');
type Run = ReturnType<typeof ran>;
const seen = async (there: Run | 'refuses') => {
  const agent = (_: string, __: object, node: string) => {
    if (node === 'node-c' && there === 'refuses') throw new CannotLook('forbidden', 'nobody may exec there');
    return node === 'node-c' && there !== 'refuses' ? there : status();
  };
  const found = await look(ciliumShop(), { flow: toCart, answers: says({ agent }) });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
  return found;
};
const down = ran('', {
  stderr: 'Error: Cannot get status/probe: dial unix /var/run/cilium/cilium.sock: connect: no such file or directory',
  exitCode: 1,
});

it.each([
  ['healthy', status()],
  // Without kube-proxy's work, and without Hubble: both are choices.
  ['healthy', status({ hubble: { state: 'Disabled' }, 'kube-proxy-replacement': { mode: 'False' } })],
  ['chained', status({ 'cni-chaining': { mode: 'generic-veth' } })],
  ['failing', status({ cilium: { state: 'Failure', msg: 'K8s heartbeat failed' } })],
  ['failing', status({ kubernetes: { state: 'Failure', msg: 'connection refused' } })],
  ['warning', status({ cilium: { state: 'Warning', msg: '2 controllers are failing' } })],
  ['silent', down],
  ['partly-seen', 'refuses'],
] as [string, Run | 'refuses'][])('%s', async (outcome, there) => {
  expect((await seen(there)).outcome).toBe(outcome);
});

it('names the node and its words', async () => {
  expect((await seen(down)).facts).toMatchObject({ node: 'node-c', message: expect.stringContaining('cilium.sock') });
});

it('not-cilium: and asks nobody', async () => {
  const found = await look(flannelShop(), { flow: toCart, answers: nobodyAsks });
  expect(found.outcome).toBe('not-cilium');
  expect(found.used.toSorted()).toEqual(['nodes', 'pods']);
});
