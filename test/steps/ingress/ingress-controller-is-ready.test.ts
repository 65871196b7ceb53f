import { describe, expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/ingress/ingress-controller-is-ready.js';
import { looking } from '../look.js';
import { cluster, controller, front, nginx, toFront } from './front.js';

const look = looking(step, 'ingress-controller-is-ready');
const ofClass = (of: string, labels = {}) => ({
  ingressclasses: [{ metadata: { name: 'nginx', labels }, spec: { controller: of } }],
});

describe('ingress-controller-is-ready', () => {
  it.each([
    ['ready', cluster()],
    ['ready', cluster(front(), { ...ofClass('k8s.io/ingress-nginx') })],
    ['some-not-ready', cluster(front(), { pods: [controller(), controller('controller-2', false)] })],
    ['none-ready', cluster(front(), { pods: [controller('controller-1', false)] })],
    ['none', cluster(front(), { pods: [] })],
    ['outside', cluster(front(), ofClass('ingress.k8s.aws/alb'))],
    ['not-recognised', cluster(front(), ofClass('example.com/own-proxy'))],
    ['not-recognised', {}],
  ])('%s', async (outcome, objects) => {
    const seen = await look(objects, { flow: toFront });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
  });

  it('reads what it declares, and one LIST of Pods by their labels', async () => {
    const { used, calls } = await look(cluster(), { flow: toFront });
    expect(used).toEqual(step.reads);
    expect(calls.at(-1)).toMatchObject({ labels: nginx.metadata?.labels, namespace: '*' });
  });

  it('looks into the usual Namespaces where it may not look everywhere, and says so where that shows nothing', async () => {
    await expect(look(cluster(), { flow: toFront, answers: { deny: ['pods'] } })).rejects.toThrow(CannotLook);
  });
});
