import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/ingress/ingress-has-an-address.js';
import { looking } from '../look.js';
import { front, toFront } from './front.js';

const look = looking(step, 'ingress-has-an-address');
const given = (ingress: object[]) => ({ ...front(), status: { loadBalancer: { ingress } } });

describe('ingress-has-an-address', () => {
  it.each([
    ['given', [given([{ ip: '192.0.2.7' }])]],
    ['given', [given([{ hostname: 'lb.example.com' }])]],
    ['not-given', [front()]],
    ['no-ingress', []],
  ])('%s', async (outcome, ingresses) => {
    const seen = await look({ ingresses }, { flow: toFront });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used).toEqual(step.reads);
  });

  it('is no failure: controllers without a Service to publish write none', () =>
    expect(Object.values(step.outcomes)).not.toContain('fail'));
});
