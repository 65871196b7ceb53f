import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import { parseLatency } from '../../../src/parse/rules/proxy-latency.js';
import step from '../../../src/steps/kube-proxy/rules-follow-endpoints-soon.js';
import { ofCorpus } from '../../parse/rules/on-node.js';
import { ran } from '../../support/fake-world.js';
import { clusterWith, flowTo, lookAt, records } from './clinic.js';

const recorded = ofCorpus('plain/healthy/node-b/kube-proxy-metrics.txt')
  .split('\n')
  .filter((line) => line.startsWith('kubeproxy_network_programming_duration_seconds_bucket'))
  .join('\n');
/** A thousand changes, of which so many took more than a minute. */
const busy = (slow: number) =>
  recorded.replace(/(le="([^"]+)"\} )\d+$/gm, (_, head: string, limit: string) => {
    const quick = limit === '+Inf' || Number(limit) >= 60;
    return `${head}${Number(limit) < 1 ? 0 : quick ? 1000 : 1000 - slow}`;
  });

const look = (text: string) =>
  lookAt(step, 'rules-follow-endpoints-soon', {
    here: { state: 'as-listed' },
    objects: clusterWith(records),
    flow: flowTo(records),
    on: (_query, _args, node) => ran(node === 'node-a' ? text : busy(0)),
  });

it.each([
  ['soon', busy(5)],
  ['slow', busy(50)],
  ['few-changes', recorded],
  ['not-told', ''],
])('%s', async (outcome, text) => expect(await look(text)).toMatchObject({ outcome }));

it('says how long, beside other nodes', async () => {
  expect((await look(busy(50))).facts).toMatchObject({
    slowest: '60',
    changes: 1000,
    others: ['node-b 1', 'node-c 1'],
  });
});

it('tells where the scale ends', () => {
  const beyond = busy(0).replace(/(le="\+Inf"\} )\d+/, '$12000');
  expect(parseLatency(beyond)).toEqual({ changes: 2000, scale: 300 });
});

it('raises no alarm for one slow change of a few', async () => {
  const one = recorded.replace(/(le="(?:\d|1\d|\d\.\d+)"\} )\d+$/gm, '$11');
  expect(await look(one)).toMatchObject({ outcome: 'few-changes', result: 'unsure' });
});

it('looks at nothing it cannot see', async () => {
  const blind = lookAt(step, 'rules-follow-endpoints-soon', {
    here: { state: 'as-listed' },
    objects: clusterWith(records),
    flow: flowTo(records),
    on: (_query, _args, node) => {
      if (node === 'node-a') throw new CannotLook('timeout', 'no answer');
      return ran(busy(0));
    },
  });
  await expect(blind).rejects.toThrow(CannotLook);
});

it('never throws, whatever it reads', () => {
  fc.assert(fc.property(fc.string(), (text) => parseLatency(text) === undefined));
  fc.assert(
    fc.property(fc.nat(), fc.string({ maxLength: 20 }), (at, put) => {
      const cut = at % recorded.length;
      return (parseLatency(recorded.slice(0, cut) + put + recorded.slice(cut + 9))?.changes ?? 0) >= 0;
    }),
  );
});
