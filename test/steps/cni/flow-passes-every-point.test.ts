import { expect, it } from 'vitest';
import type { Flow } from '../../../src/domain/flow.js';
import { judgeTrace, type Trace } from '../../../src/queries/probes/trace/judge.js';
import step from '../../../src/steps/cni/flow-passes-every-point.js';
import { answered, lostAfter, replyLostAfter } from '../../queries/probes/trace/recorded-trace.js';
import { type FakeAnswers, ran } from '../../support/fake-world.js';
import { looking } from '../look.js';
import { answers, failing, objects, toCart, toPod } from './traced-shop.js';

const look = looking(step, 'flow-passes-every-point');

it('all-points: a connection that opens, with its Service address translated', async () => {
  const found = await look(objects, { flow: toCart, answers: answers() });
  expect(found).toMatchObject({
    outcome: 'all-points',
    result: 'pass',
    facts: { from: 'node-a', to: 'node-b', asked: '10.96.65.48:9000', reached: '10.244.0.3' },
  });
  expect(found.used.toSorted()).toEqual([...step.reads].toSorted());
  expect((found.evidence as { trace: Trace }).trace.seen.map(({ left, watched }) => [left, watched])).toEqual([
    [0, true],
    [0, true],
  ]);
});

it('listens on both nodes before it tries, to nothing but the flow, and asks for no promiscuous mode', async () => {
  const { calls } = await look(objects, { flow: toCart, answers: answers() });
  const remote = calls.filter(({ port }) => port !== 'kube');
  const names = remote.map((call) => ('query' in call ? call.query : ''));
  expect(names.lastIndexOf('packet-capture')).toBeLessThan(names.indexOf('tcp-connect'));
  expect(remote.find((call) => 'query' in call && call.query === 'packet-capture')).toMatchObject({
    args: { addresses: ['10.244.2.2', '10.96.65.48', '10.244.0.3'], ports: [9000], tunnels: [8472] },
  });
});

const entered = {
  ...objects,
  pods: objects.pods.map((one, at) => ({
    ...one,
    status: { ...one.status, containerStatuses: [{ name: 'web', containerID: `containerd://${at}7b0a` }] },
  })),
};

it('listens inside the Pods, too, where their networks can be entered', async () => {
  const found = await look(entered, { flow: toCart, answers: answers() });
  const { path, drops } = found.facts as {
    path: { device: string; request: string; reply: string }[];
    drops: object[];
  };
  expect([found.outcome, path.length]).toEqual(['all-points', 10]);
  expect([path[0], path[9]]).toMatchObject([
    { device: 'client:eth0', request: 'seen', reply: 'seen' },
    { device: 'cart:eth0', request: 'seen', reply: 'seen' },
  ]);
  expect(drops).toHaveLength(2);
  const { inside } = (found.evidence as { trace: Trace }).trace;
  expect(inside?.map(({ pod: name, left, watched }) => [name, left, watched])).toEqual([
    ['client', 0, true],
    ['cart', 0, true],
  ]);
});

it.each([
  ['has no user for tcpdump', 'root', [undefined, undefined, 'root', 'root']],
  ['knows no user at all', 'number', [undefined, undefined, 'root', 'root', 'number', 'number']],
])('listens as somebody else where the image of an agent %s', async (_, wanted, expected) => {
  const said = answers();
  const asked: unknown[] = [];
  const agent: FakeAnswers = {
    ...said,
    node: async (query, args, name) => {
      if (query === 'packet-capture') asked.push((args as { user?: string }).user);
      if (query === 'packet-capture' && (args as { user?: string }).user !== wanted)
        return ran('', {
          stderr: "tcpdump: data link type LINUX_SLL2\ntcpdump: Couldn't find user 'tcpdump'\n",
          exitCode: 1,
        });
      return (await said.node?.(query, args, name)) as ReturnType<typeof ran>;
    },
  };
  expect(await look(objects, { flow: toCart, answers: agent })).toMatchObject({ outcome: 'all-points' });
  expect(asked).toEqual(expected);
});

it('lost-on-destination-node: the recording of a node that does not forward', async () => {
  // The recorded clients asked the Pod itself on port 80.
  const flow: Flow = { ...toPod, port: 80 };
  const found = await look(objects, { flow, answers: answers({ capture: 'forwarding-off', probe: failing }) });
  expect(found).toMatchObject({
    outcome: 'lost-on-destination-node',
    facts: { 'last-device': 'flannel.1', 'next-device': 'cni0', 'next-node': 'node-b' },
  });
});

it('left-source-node: the other node lets nobody in', async () => {
  const flow: Flow = { ...toPod, port: 80 };
  const hidden = answers({ capture: 'forwarding-off', probe: failing, hidden: 'node-b' });
  expect(await look(objects, { flow, answers: hidden })).toMatchObject({
    outcome: 'left-source-node',
    result: 'unsure',
    facts: { 'last-device': 'eth0', to: 'node-b' },
  });
});

it('cannot look where the node of the source lets nobody in', async () => {
  await expect(look(objects, { flow: toCart, answers: answers({ hidden: 'node-a' }) })).rejects.toThrow(
    'nobody may enter node-a',
  );
});

it('not-captured: the capture was over before the probe', async () => {
  const flow: Flow = { ...toPod, port: 80 };
  const late = answers({ capture: 'forwarding-off', probe: failing, listens: 1 });
  expect((await look(objects, { flow, answers: late })).outcome).toBe('not-captured');
});

it.each([
  ['not-permitted', "tcpdump: any: You don't have permission", 'did not listen'],
  ['too old', 'listening on any, link-type LINUX_SLL (Linux cooked v1), snapshot length 144 bytes', '4.99'],
])('cannot look with a tcpdump that is %s', async (_, stderr, words) => {
  const said = answers();
  const other: FakeAnswers = {
    ...said,
    node: async (query, args, name) => {
      const found = await said.node?.(query, args, name);
      return query === 'packet-capture' ? ran('', { stderr }) : (found as ReturnType<typeof ran>);
    },
  };
  await expect(look(objects, { flow: toCart, answers: other })).rejects.toThrow(words);
});

it('not-tcp: other protocols are left alone', async () => {
  const found = await look(objects, { flow: { ...toCart, protocol: 'UDP' }, answers: answers() });
  expect(found).toMatchObject({ outcome: 'not-tcp', result: 'unsure' });
  expect(found.calls).toEqual([]);
});

// What leads to each of them stands in the test of the judge; here every sentence is whole.
it.each([
  ['source-silent', lostAfter(0)],
  ['lost-on-source-node', lostAfter(2)],
  ['lost-between-nodes', lostAfter(4)],
  ['lost-on-destination-node', lostAfter(6)],
  ['no-answer', lostAfter(8)],
  ['refused', answered(80)],
  ['reply-lost-there', replyLostAfter(2)],
  ['reply-lost-between', replyLostAfter(4)],
  ['reply-lost-here', replyLostAfter(6)],
  ['wrong-endpoint', { ...lostAfter(8), endpoints: [] }],
] as const)('%s is said in full in both languages', (outcome, trace) => {
  const judged = judgeTrace(trace);
  expect(judged.outcome).toBe(outcome);
  const evidence = step.evidence.parse({ trace: { ...trace, unseen: [] } });
  expect(step.interpret(evidence, toCart as never)).toEqual(judged);
});

it.each(['rejected', 'not-translated', 'reply-untranslated'])('%s fails the check', (outcome) => {
  expect(step.outcomes[outcome as keyof typeof step.outcomes]).toBe('fail');
});
