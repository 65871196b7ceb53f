import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sanitiseJson } from '../../../src/clean/sanitise.js';
import { CannotLook, sessionClosed } from '../../../src/domain/cannot-look.js';
import type { Call, World } from '../../../src/domain/ports.js';
import { packUniverse } from '../../../src/ports/universe/pack.js';
import { openUniverse } from '../../../src/ports/universe/replay.js';
import { anyCall } from '../../support/calls.js';
import { fakeWorld, ran } from '../../support/fake-world.js';
import { about, recording } from '../../support/recording.js';

const signal = new AbortController().signal;
const start = Date.parse(about.startedAt);
const pods: Call = { port: 'kube', verb: 'list', kind: 'pods', namespace: 'shop' };
const secretive: Call = { port: 'kube', verb: 'list', kind: 'configmaps', namespace: 'shop' };
const connect: Call = {
  port: 'pod',
  pod: { namespace: 'shop', name: 'cart' },
  query: 'tcp-connect',
  args: { port: 80 },
};
const logs: Call = { port: 'kube', verb: 'logs', pod: { namespace: 'shop', name: 'cart' }, tailLines: 10 };

const ending = (asked: Promise<unknown>) =>
  asked.then(
    (answer) => ({ answer }),
    ({ name, code, message, missing }) => ({ name, code, message, missing }),
  );

const json = fc.jsonValue({ stringUnit: 'binary' }).map((value) => sanitiseJson(value)) as fc.Arbitrary<never>;
const text = fc.string({ unit: 'binary' }).map((value) => sanitiseJson(value));
const texts = fc.array(text, { maxLength: 3 });
const object = fc.dictionary(fc.constantFrom('metadata', 'spec', 'status'), json);
const run = fc.record({
  argv: texts,
  tool: text,
  exitCode: fc.oneof(fc.nat(255), fc.constant(Number.NaN)),
  stdout: text,
  stderr: text,
  durationMs: fc.nat(),
});
const refusal = fc.record({
  code: fc.constantFrom('forbidden', 'timeout', 'tool-missing', 'lost', 'capped', 'not-recorded'),
  message: text,
  missing: fc.option(fc.record({ verb: text, resource: text, group: text }), { nil: undefined }),
});
const time = fc.nat();
const series = fc.array(
  fc.record({
    what: text,
    labels: fc.dictionary(text, text),
    points: fc.array(fc.tuple(time, fc.nat()), { maxLength: 3 }),
  }),
  { maxLength: 2 },
);
const answerTo = (call: Call): fc.Arbitrary<unknown> => {
  if (call.port !== 'kube') return run;
  const rule = fc.record({ verbs: texts, apiGroups: texts, resources: texts, resourceNames: texts });
  return {
    get: fc.option(object),
    list: fc.array(object, { maxLength: 3 }),
    logs: text,
    history: fc.option(fc.record({ source: text, from: time, to: time, step: time, series, warnings: texts })),
    rules: fc.record({ rules: fc.array(rule, { maxLength: 2 }), incomplete: fc.boolean() }),
    version: fc.record({ gitVersion: text }),
  }[call.verb];
};
const exchange = anyCall.chain((call) =>
  fc.record({
    call: fc.constant(call),
    end: fc.oneof(fc.record({ answer: answerTo(call) }), fc.record({ refused: refusal })),
    takes: fc.nat(5_000),
  }),
);

/** A world that gives the scripted endings in turn; its clock moves by what each takes. */
const scripted = (exchanges: readonly { end: object; takes: number }[]): World => {
  let at = start;
  let asked = 0;
  const ask = async () => {
    const next = exchanges[asked++];
    at += next?.takes ?? 0;
    const { answer, refused } = (next?.end ?? {}) as { answer?: never; refused?: CannotLook };
    if (refused) throw new CannotLook(refused.code, refused.message, refused.missing);
    return answer as never;
  };
  return {
    ask,
    clock: { now: () => at },
    cost: () => ({ requests: asked, bytes: 9 * asked, commands: 0 }),
    close: async () => {},
  };
};

describe('a universe answers like the world it was recorded from', () => {
  it(
    'for every sequence of calls, answers and refusals, as a folder and packed',
    () =>
      fc.assert(
        fc.asyncProperty(fc.array(exchange, { maxLength: 8 }), async (exchanges) => {
          const live: unknown[] = [];
          const folder = await recording(scripted(exchanges), async (world) => {
            for (const { call } of exchanges)
              live.push([await ending(world.ask(call, signal)), world.clock.now(), world.cost()]);
          });
          const file = `${folder}.tar.zst`;
          await packUniverse(folder, file);
          for (const path of [folder, dirname(folder), file]) {
            const universe = await openUniverse(path);
            const replayed: unknown[] = [];
            for (const { call } of exchanges)
              replayed.push([await ending(universe.ask(call, signal)), universe.clock.now(), universe.cost()]);
            expect(replayed).toEqual(JSON.parse(JSON.stringify(live), lostExitCode));
          }
        }),
        { numRuns: 12 },
      ),
    60_000,
  );

  it('gives the n-th answer to the n-th call, and the last one from then on', async () => {
    const words = ['starting', 'ready'];
    const folder = await recording(fakeWorld({}, { logs: () => words.shift() ?? '' }), async (world) => {
      await world.ask(logs, signal);
      await world.ask(logs, signal);
    });
    const universe = await openUniverse(folder);
    const asked = [1, 2, 3].map(() => universe.ask(logs, signal));
    expect(await Promise.all(asked)).toEqual(['starting', 'ready', 'ready']);
  });

  it('lets a call that the end cut off fail after those that failed before the end', async () => {
    const refusals = [new CannotLook('lost', sessionClosed), new CannotLook('tool-missing', 'no nc')];
    const refused = refusals.map((refusal) => ({ end: { refused: refusal }, takes: 1 }));
    const folder = await recording(scripted(refused), async (world) => {
      await ending(world.ask(pods, signal));
      await ending(world.ask(connect, signal));
    });
    const universe = await openUniverse(folder);
    const both = Promise.all([universe.ask(pods, signal), universe.ask(connect, signal)]);
    await expect(both).rejects.toMatchObject({ code: 'tool-missing' });
    const other = await openUniverse(folder);
    await ending(other.ask(pods, signal));
    expect(other.clock.now()).toBe(start);
  });

  it('keeps the order of asking where the answers came in another', async () => {
    const slow = Promise.withResolvers<string>();
    const answers = [slow.promise, 'ready'];
    const folder = await recording(fakeWorld({}, { logs: () => answers.shift() ?? '' }), async (world) => {
      const first = world.ask(logs, signal);
      await world.ask(logs, signal);
      slow.resolve('starting');
      await first;
    });
    const universe = await openUniverse(folder);
    expect([await universe.ask(logs, signal), await universe.ask(logs, signal)]).toEqual(['starting', 'ready']);
  });

  it('says of what it does not hold that it was not recorded', async () => {
    const universe = await openUniverse(await recording(fakeWorld(), async () => {}));
    await expect(universe.ask(pods, signal)).rejects.toMatchObject({ name: 'CannotLook', code: 'not-recorded' });
  });

  it('refuses again what was forbidden, with the right that was missing', async () => {
    const folder = await recording(fakeWorld({}, { deny: ['configmaps'] }), (world) =>
      ending(world.ask(secretive, signal)),
    );
    const missing = { verb: 'list', resource: 'configmaps', group: '', namespace: 'shop' };
    const universe = await openUniverse(folder);
    await expect(universe.ask(secretive, signal)).rejects.toMatchObject({ code: 'forbidden', missing });
  });

  it('has the lost exit code of a program back', async () => {
    const folder = await recording(fakeWorld({}, { pod: () => ran('', { exitCode: Number.NaN }) }), (world) =>
      world.ask(connect, signal),
    );
    expect(await (await openUniverse(folder)).ask(connect, signal)).toMatchObject({ exitCode: Number.NaN });
  });

  it('has a clock and a cost that do not depend on the order of the calls', async () => {
    const takes = [40, 1_000, 300];
    const calls = ['a', 'b', 'c'].map((node): Call => ({ port: 'node', node, query: 'ip-routes', args: {} }));
    const script = takes.map((ms) => ({ end: { answer: ran('') }, takes: ms }));
    const folder = await recording(scripted(script), async (world) => {
      for (const call of calls) await world.ask(call, signal);
    });
    const [a, b] = [await openUniverse(folder), await openUniverse(folder)];
    expect(a.clock.now()).toBe(start);
    for (const call of calls) await a.ask(call, signal);
    for (const call of calls.toReversed()) await b.ask(call, signal);
    expect([b.clock.now(), b.cost()]).toEqual([a.clock.now(), a.cost()]);
    expect(a.clock.now()).toBe(start + 1_340);
    expect(a.cost()).toEqual({ requests: 3, bytes: 27, commands: 0 });
  });

  it('tells what it is and answers nobody who gave up', async () => {
    const universe = await openUniverse(await recording(fakeWorld(), async () => {}));
    expect(universe.header).toEqual({ schema: 'net-triage/universe/v1', ...about });
    await expect(universe.ask(pods, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });

  it('shows no control sequence of a stranger', async () => {
    const folder = await recording(fakeWorld({}, { logs: () => 'ready\u001b[2J\u001b]0;owned\u0007' }), (world) =>
      world.ask(logs, signal),
    );
    expect(await (await openUniverse(join(folder, '.'))).ask(logs, signal)).not.toContain('\u001b');
  });
});

/** JSON has no NaN; `exitCode` is the only place where a world answers with it. */
function lostExitCode(key: string, value: unknown) {
  return key === 'exitCode' && value === null ? Number.NaN : value;
}
