import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isBehind } from '../../../lab/scenario/quiet.ts';

const metrics = readFileSync('test/fixtures/corpus/plain/healthy/node-b/kube-proxy-metrics.txt', 'utf8');
const asked = 'kubeproxy_sync_proxy_rules_last_queued_timestamp_seconds{ip_family="IPv6"} 1.7952447595673826e+09';

const long = 1.8e9;

it('waits for a kube-proxy that was asked to write rules and has not yet, of either family', () => {
  expect(metrics).toContain(asked);
  expect(isBehind(metrics, long)).toBe(false);
  expect(isBehind(metrics.replace(asked, asked.replace('4759', '4760')), long)).toBe(true);
});

it('waits for one that has not written any, or does not answer', () => {
  expect(isBehind('', long)).toBe(true);
  expect(isBehind(asked, long)).toBe(true);
});

it('waits for the write that follows a second after one that was asked for twice', () => {
  const written = (at: number) => `kubeproxy_sync_proxy_rules_last_timestamp_seconds{ip_family="IPv4"} ${at}\n`;
  const queued = 'kubeproxy_sync_proxy_rules_last_queued_timestamp_seconds{ip_family="IPv4"} 1.7954603267414074e+09\n';
  // As node-b of the lab told them: two requests 21 ms apart, and two writes.
  expect(isBehind(queued + written(1.7954603267829316e9), 1.7954603268e9)).toBe(true);
  expect(isBehind(queued + written(1.7954603278151724e9), 1.79546033e9)).toBe(true);
  expect(isBehind(queued + written(1.7954603278151724e9), 1.795460331e9)).toBe(false);
});
