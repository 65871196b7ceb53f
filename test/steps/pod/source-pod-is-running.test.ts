import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/pod/source-pod-is-running.js';
import { looking } from '../look.js';
import { ago, checkout, crashed, evicted, notReady, pod, terminating, toCart, unpullable } from '../shop.js';

const look = looking(step, 'source-pod-is-running');
const flow = toCart;

describe('source-pod-is-running', () => {
  it.each([
    ['running', checkout()],
    ['missing', pod('checkuot')],
    ['pending', checkout({ status: unpullable })],
    ['crashing', checkout({ status: crashed })],
    ['finished', checkout({ status: evicted })],
    ['no-ip', checkout({ status: { podIP: undefined, podIPs: [] } })],
    ['not-ready', checkout({ status: notReady })],
    ['terminating', checkout({ metadata: terminating })],
  ])('%s', async (outcome, object) => {
    const seen = await look({ pods: [object] }, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used).toEqual(step.reads);
  });

  it('names what made it, and nothing where it was made by hand', async () => {
    const owner = { kind: 'StatefulSet', name: 'checkout', controller: true, apiVersion: 'apps/v1', uid: '7' };
    const made = checkout({ metadata: { ownerReferences: [owner] } });
    expect((await look({ pods: [made] }, { flow })).facts).toMatchObject({ 'source-workload': 'statefulset/checkout' });
    expect((await look({ pods: [pod('checkout')] }, { flow })).facts).not.toHaveProperty('source-workload');
  });

  it('names the Pods somebody may have meant, also where only the generated suffix changed', async () => {
    const from = { kind: 'pod' as const, namespace: 'shop', name: 'checkout-5d9c7b-x2z4q' };
    const pods = [pod('checkout-5d9c7b-8hjkl'), pod('payments-7f6d8c-abcde')];
    const { facts } = await look({ pods }, { flow: { ...flow, from } });
    expect(facts).toEqual({ near: ['checkout-5d9c7b-8hjkl'] });
  });

  it.each([
    ['ImagePullBackOff', checkout({ status: unpullable })],
    ['CrashLoopBackOff OOMKilled 137', checkout({ status: crashed })],
    ['Evicted', checkout({ status: evicted })],
    [
      'Unschedulable',
      checkout({
        status: {
          phase: 'Pending',
          containerStatuses: [],
          conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }],
        },
      }),
    ],
  ])('gives %s as the reason', async (reason, object) => {
    expect((await look({ pods: [object] }, { flow })).facts).toMatchObject({ reason });
  });

  it('sees a crash loop also in the moment in which the container runs', async () => {
    const containerStatuses = [
      {
        name: 'web',
        ready: true,
        restartCount: 5,
        state: { running: { startedAt: ago(4) } },
        lastState: { terminated: { reason: 'Error', exitCode: 1 } },
      },
    ];
    expect((await look({ pods: [checkout({ status: { containerStatuses } })] }, { flow })).outcome).toBe('crashing');
  });

  it.each([
    [
      'restarts of last week',
      {
        name: 'web',
        restartCount: 9,
        state: { running: { startedAt: ago(600_000) } },
        lastState: { terminated: { exitCode: 1 } },
      },
    ],
    ['a first start that is seconds old', { name: 'web', restartCount: 0, state: { running: { startedAt: ago(3) } } }],
  ])('raises no alarm over %s', async (_, status) => {
    const pods = [checkout({ status: { containerStatuses: [status] } })];
    expect((await look({ pods }, { flow })).result).toBe('pass');
  });

  it('raises no alarm over a Job whose first container is done', async () => {
    const containerStatuses = [
      { name: 'migrate', state: { terminated: { exitCode: 0, reason: 'Completed' } } },
      { name: 'report', state: { running: { startedAt: ago(100) } } },
    ];
    const pods = [checkout({ spec: { restartPolicy: 'Never', nodeName: 'node-a' }, status: { containerStatuses } })];
    expect((await look({ pods }, { flow })).result).toBe('pass');
  });
});
