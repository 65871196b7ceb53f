import { describe, expect, it } from 'vitest';
import type { AnyStep } from '../../../src/domain/step.js';
import step from '../../../src/steps/egress/destination-is-an-ordinary-address.js';
import { looking } from '../look.js';
import { toCart } from '../shop.js';

// A step that reads nothing has a port without `logs`, which no type of any step takes.
const look = looking(step as unknown as AnyStep, 'destination-is-an-ordinary-address');
const ip = (address: string) => ({ ...toCart, to: { kind: 'ip', address } }) as const;

describe('destination-is-an-ordinary-address', () => {
  it.each([
    ['ordinary', ip('198.51.100.7')],
    // Of a private network, and nothing special for that.
    ['ordinary', ip('10.1.2.3')],
    ['ordinary', ip('2001:db8::7')],
    ['link-local', ip('169.254.169.254')],
    ['link-local', ip('fe80::1')],
    ['no-single-address', { ...toCart, to: { kind: 'host', name: 'www.example.com' } } as const],
  ])('%s', async (outcome, flow) => {
    const seen = await look({}, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used).toEqual(step.reads);
  });
});
