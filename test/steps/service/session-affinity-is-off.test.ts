import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/service/session-affinity-is-off.js';
import { looking } from '../look.js';
import { service, toCart } from '../shop.js';

const look = looking(step, 'session-affinity-is-off');
const flow = toCart;

describe('session-affinity-is-off', () => {
  it.each([
    ['off', [service()]],
    [
      'client-ip',
      [service({ sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } } })],
    ],
    ['no-service', []],
  ])('%s', async (outcome, services) => {
    const seen = await look({ services }, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used).toEqual(step.reads);
  });

  it('tells the timeout, three hours where none is set', async () => {
    const services = [service({ sessionAffinity: 'ClientIP' })];
    expect((await look({ services }, { flow })).facts).toEqual({ timeout: 10_800 });
  });

  it('raises no alarm over affinity, which may be wanted', async () => {
    expect((await look({ services: [service({ sessionAffinity: 'ClientIP' })] }, { flow })).result).toBe('unsure');
    expect((await look({ services: [service({ sessionAffinity: 'None' })] }, { flow })).result).toBe('pass');
  });
});
