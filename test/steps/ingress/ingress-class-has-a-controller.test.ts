import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/ingress/ingress-class-has-a-controller.js';
import { looking } from '../look.js';
import { front, nginx, toFront } from './front.js';

const look = looking(step, 'ingress-class-has-a-controller');
const without = { spec: { ingressClassName: undefined } };
const old = (name: string) => ({ ...without, annotations: { 'kubernetes.io/ingress.class': name } });

describe('ingress-class-has-a-controller', () => {
  it.each([
    ['served', [front()]],
    ['served', [front(old('nginx'))]],
    ['annotation-only', [front(old('nginx-internal'))]],
    ['no-class', [front(without)]],
    ['class-missing', [front({ spec: { ingressClassName: 'nginx-public' } })]],
    ['no-ingress', []],
  ])('%s', async (outcome, ingresses) => {
    const seen = await look({ ingresses, ingressclasses: [nginx] }, { flow: toFront });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used).toEqual(step.reads);
  });

  it('does not fail an Ingress without a class: some controllers take it', async () => {
    const seen = await look({ ingresses: [front(without)], ingressclasses: [nginx] }, { flow: toFront });
    expect(seen.result).toBe('warn');
  });
});
