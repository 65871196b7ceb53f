import { describe, expect, it } from 'vitest';
import step from '../../../src/steps/egress/pod-uses-no-proxy.js';
import { looking } from '../look.js';
import { checkout, toCart } from '../shop.js';

const look = looking(step, 'pod-uses-no-proxy');
const flow = { ...toCart, to: { kind: 'ip', address: '198.51.100.7' } } as const;
const secret = 'http://buyer:hunter2@proxy.example:3128';
const withEnv = (...names: string[]) => [
  checkout({ spec: { containers: [{ name: 'web', env: names.map((name) => ({ name, value: secret })) }] } }),
];
const from = [checkout({ spec: { containers: [{ name: 'web', envFrom: [{ secretRef: { name: 'shop' } }] }] } })];

describe('pod-uses-no-proxy', () => {
  it.each([
    ['none', withEnv('LANG', 'PROXY_COUNT')],
    ['proxied', withEnv('HTTPS_PROXY', 'NO_PROXY')],
    ['proxied', withEnv('http_proxy', 'no_proxy')],
    ['proxied-without-exceptions', withEnv('HTTP_PROXY')],
    ['not-told', from],
    ['no-pod', []],
  ])('%s', async (outcome, pods) => {
    const seen = await look({ pods }, { flow });
    expect(seen.outcome).toBe(outcome);
    expect(seen.en + seen.zh).not.toMatch(/[{}]/);
    expect(seen.used).toEqual(step.reads);
  });

  it('keeps names alone, never a value', async () => {
    const seen = await look({ pods: withEnv('HTTP_PROXY') }, { flow });
    expect(JSON.stringify([seen.evidence, seen.facts])).not.toContain('hunter2');
  });

  it('takes a proxy with exceptions for no fault', async () =>
    expect((await look({ pods: withEnv('HTTP_PROXY', 'NO_PROXY') }, { flow })).result).toBe('unsure'));
});
