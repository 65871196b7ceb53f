import { describe, expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import step from '../../../src/steps/egress/masquerade-exceptions-spare-the-destination.js';
import { looking } from '../look.js';
import { toCart } from '../shop.js';

const look = looking(step, 'masquerade-exceptions-spare-the-destination');
const to = (address: string) => ({ ...toCart, to: { kind: 'ip', address } }) as const;
const configmaps = (config: string) => [
  { metadata: { namespace: 'kube-system', name: 'ip-masq-agent' }, data: { config } },
];
const usual = configmaps('nonMasqueradeCIDRs:\n  - 10.0.0.0/8\n  - 192.168.0.0/16\nresyncInterval: 60s\n');

describe('masquerade-exceptions-spare-the-destination', () => {
  it.each([
    ['no-agent', [], to('198.51.100.7')],
    ['not-covered', usual, to('198.51.100.7')],
    ['covered', usual, to('10.9.9.9')],
    ['covered', configmaps('{"nonMasqueradeCIDRs": ["10.0.0.0/8"]}'), to('10.9.9.9')],
    ['no-single-address', usual, { ...toCart, to: { kind: 'host', name: 'www.example.com' } } as const],
  ])('%s', async (outcome, objects, flow) => {
    const seen = await look({ configmaps: objects }, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used).toEqual(step.reads);
  });

  it('fails nobody for an exception that covers the destination: there may be a way back', async () =>
    expect((await look({ configmaps: usual }, { flow: to('10.9.9.9') })).result).toBe('warn'));

  it('could not look where the list is of another form', async () =>
    await expect(look({ configmaps: configmaps('ranges: all') }, { flow: to('10.9.9.9') })).rejects.toThrow(
      CannotLook,
    ));
});
