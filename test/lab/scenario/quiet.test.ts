import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isBehind } from '../../../lab/scenario/quiet.ts';

const metrics = readFileSync('test/fixtures/corpus/plain/healthy/node-b/kube-proxy-metrics.txt', 'utf8');
const asked = 'kubeproxy_sync_proxy_rules_last_queued_timestamp_seconds{ip_family="IPv6"} 1.7952447595673826e+09';

it('waits for a kube-proxy that was asked to write rules and has not yet, of either family', () => {
  expect(metrics).toContain(asked);
  expect(isBehind(metrics)).toBe(false);
  expect(isBehind(metrics.replace(asked, asked.replace('4759', '4760')))).toBe(true);
});

it('waits for one that has not written any, or does not answer', () => {
  expect(isBehind('')).toBe(true);
  expect(isBehind(asked)).toBe(true);
});
