import { describe, expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/service/workload-makes-pods.js';
import type { FakeObjects } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { service, toCart } from '../shop.js';

const look = looking(step, 'workload-makes-pods');
const flow = { ...toCart, to: { kind: 'service' as const, namespace: 'shop', name: 'cart' } };
const template = (labels: Record<string, string>) => ({ metadata: { labels }, spec: { containers: [] } });

const deployment = (replicas: number, made: number, refusal = ''): NonNullable<FakeObjects['deployments']>[number] => ({
  metadata: { namespace: 'shop', name: 'cart' },
  spec: { replicas, selector: {}, template: template({ app: 'cart', tier: 'web' }) },
  status: {
    replicas: made,
    conditions: refusal ? [{ type: 'ReplicaFailure', status: 'True', message: refusal }] : [],
  },
});
const others = { statefulsets: [], daemonsets: [] };
const quota = 'pods "cart-7" is forbidden: exceeded quota: slots, requested: pods=1, used: pods=1, limited: pods=1';
const daemonSet = (desired: number, current: number) => ({
  metadata: { namespace: 'shop', name: 'cart' },
  spec: { selector: {}, template: template({ app: 'cart' }) },
  status: { desiredNumberScheduled: desired, currentNumberScheduled: current, numberMisscheduled: 0, numberReady: 0 },
});
const statefulSet = (replicas: number, made: number) => ({
  metadata: { namespace: 'shop', name: 'cart' },
  spec: { replicas, serviceName: 'cart', selector: {}, template: template({ app: 'cart' }) },
  status: { replicas: made },
});

describe('workload-makes-pods', () => {
  it.each<[string, FakeObjects]>([
    ['makes-pods', { deployments: [deployment(2, 2)], ...others }],
    ['makes-pods', { deployments: [deployment(0, 0)], ...others, daemonsets: [daemonSet(3, 3)] }],
    ['wants-none', { deployments: [deployment(0, 0)], ...others }],
    ['wants-none', { deployments: [], ...others, statefulsets: [statefulSet(0, 0)] }],
    // It fits no Node.
    ['wants-none', { deployments: [], ...others, daemonsets: [daemonSet(0, 0)] }],
    ['cannot-make', { deployments: [deployment(2, 0, quota)], ...others }],
    ['cannot-make', { deployments: [deployment(0, 0)], ...others, statefulsets: [statefulSet(1, 0)] }],
    ['no-workload', { deployments: [], ...others }],
  ])('%s %#', async (outcome, objects) => {
    const seen = await look({ services: [service()], ...objects }, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used).toEqual(step.reads);
  });

  it('tells in whose words the Pods are refused', async () => {
    const { facts, en } = await look(
      { services: [service()], deployments: [deployment(2, 0, quota)], ...others },
      { flow },
    );
    expect(facts).toMatchObject({ workload: 'deployment/cart', desired: 2, refusal: quota });
    expect(en).toContain('exceeded quota');
  });

  it('takes no workload for the right one whose Pods lack a label', async () => {
    const services = [service({ selector: { app: 'cart', tier: 'api' } })];
    expect((await look({ services, deployments: [deployment(2, 0)], ...others }, { flow })).outcome).toBe(
      'no-workload',
    );
  });

  it('partly-seen: what may not be listed is not absent', () => {
    const evidence = { selector: { app: 'cart' }, workloads: [], allSeen: false };
    expect(step.interpret(evidence, flow).outcome).toBe('partly-seen');
  });

  it('goes on with the kinds that may be listed', async () => {
    const kube = {
      get: async () => service(),
      list: async (kind: string) => {
        if (kind !== 'deployments') throw new CannotLook('forbidden', 'no list');
        return [deployment(0, 0)];
      },
    };
    const ports = { kube } as unknown as Parameters<typeof step.collect>[0];
    const evidence = await step.collect(
      ports,
      flow as Parameters<typeof step.collect>[1],
      new AbortController().signal,
    );
    expect(step.interpret(evidence, flow).outcome).toBe('partly-seen');
  });

  it('no-selector: no workload belongs to a Service without one', async () => {
    expect((await look({ services: [service({ selector: {} })] }, { flow })).outcome).toBe('no-selector');
  });
});
