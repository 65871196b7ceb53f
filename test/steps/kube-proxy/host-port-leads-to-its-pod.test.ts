import { describe, expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/kube-proxy/host-port-leads-to-its-pod.js';
import { stateFile } from '../../parse/rules/on-node.js';
import { type FakeObjects, ran } from '../../support/fake-world.js';
import { flow, from, lobby, lookIn } from './lobby.js';

const look = lookIn(step, 'host-port-leads-to-its-pod');
const at = flow(from('guest'), 'node-b', 9960);

const door = (change: { podIP?: string; spec?: object }): FakeObjects => {
  const objects = lobby();
  const pods = (objects.pods ?? []).map((pod) =>
    pod.metadata?.name === 'door'
      ? {
          ...pod,
          spec: { ...pod.spec, ...change.spec },
          status: { ...pod.status, podIP: change.podIP ?? pod.status?.podIP ?? '' },
        }
      : pod,
  );
  return { ...objects, pods };
};

// As the plugin portmap wrote them, for a Pod at 10.244.1.20 and for another that is gone, 10.244.1.33.
it.each([
  ['match', 'host-port-there', lobby()],
  ['missing', 'host-port-flushed', lobby()],
  ['missing', 'doors', lobby()],
  ['not-reached', 'host-port-jumpless', lobby()],
  ['elsewhere', 'host-port-orphan', lobby()],
  ['match', 'host-port-twice', lobby()],
  ['elsewhere', 'host-port-twice', door({ podIP: '10.244.1.33' })],
  ['no-pod-address', 'host-port-there', door({ podIP: '' })],
])('%s in the state %s', async (outcome, state, objects) => {
  expect(await look({ flow: at, state, objects })).toMatchObject({ outcome });
});

it('names the Pod, and where the port leads instead', async () => {
  const { facts } = await look({ flow: at, state: 'host-port-orphan' });
  expect(facts).toMatchObject({ owner: 'lobby/door', leads: ['10.244.1.33:8960'], 'pod-address': '10.244.1.20:8960' });
});

it('tells a rule of somebody else that comes first', async () => {
  const rules = stateFile('host-port-there', 'packet-rules.txt');
  const first = '[0:0] -A PREROUTING -p tcp -m tcp --dport 9960 -j DNAT --to-destination 10.244.1.99:80\n';
  const put = rules.replace(/^.* -A PREROUTING /m, (line) => first + line);
  const on = (query: string) => (query === 'packet-rules' ? ran(put) : undefined);
  expect(await look({ flow: at, on })).toMatchObject({ outcome: 'diverted', facts: { leads: ['10.244.1.99:80'] } });
});

describe('raises no alarm', () => {
  it('for a Pod on the network of its node', async () => {
    const spec = { hostNetwork: true, containers: [{ name: 'web', ports: [{ containerPort: 9960, hostPort: 9960 }] }] };
    expect(await look({ flow: at, objects: door({ spec }) })).toMatchObject({
      outcome: 'host-network',
      result: 'pass',
    });
  });

  it('where Cilium serves host ports', async () => {
    const on = (query: string) => (query === 'device-names' ? ran('cilium_host\neth0\n') : undefined);
    expect(await look({ flow: at, on })).toMatchObject({ outcome: 'replaced' });
  });

  it('for a port that no Pod has', async () => {
    expect(await look({ flow: flow(from('guest'), 'node-b', 30_080) })).toMatchObject({ outcome: 'no-host-port' });
    expect(await look({ flow: flow(from('guest'), 'node-a', 9960) })).toMatchObject({ outcome: 'no-host-port' });
  });

  it('from the node itself and from its Pods', async () => {
    for (const source of [from('porter'), from('clerk')])
      expect(await look({ flow: flow(source, '10.0.0.12', 9960), state: 'host-port-there' })).toMatchObject({
        outcome: 'match',
      });
  });
});

it('looks at nothing it cannot see', async () => {
  const on = (query: string) =>
    query === 'packet-rules' ? ran('', { exitCode: 4, stderr: 'Permission denied' }) : undefined;
  await expect(look({ flow: at, on })).rejects.toThrow(CannotLook);
});
