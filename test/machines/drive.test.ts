import { describe, expect, it } from 'vitest';
import { CannotLook } from '../../src/domain/cannot-look.js';
import type { Happening } from '../../src/domain/journal.js';
import { ran } from '../support/fake-world.js';
import { catalogOf, type Operator, open, seen, shopWorld, slice, toCart, walked } from './shop.js';

const _silent = <T>() => new Promise<T>(() => {});
const ending = { world: shopWorld({}, { endpointslices: [] }) };
const types = (happenings: readonly Happening[]) => happenings.map(({ type }) => type);

describe('a session', () => {
  it('looks beside the tree once that has ended, for what it has not asked already', async () => {
    const { session, told } = open({ aside: ['has-endpoints', 'cart-answers', 'nobody-knows'], ...ending });
    const { phase, verdict, trail } = await walked(session);
    expect([phase, verdict?.tree]).toEqual(['judged', { cause: 'SVC-01' }]);
    expect(trail.map(({ node, outcome }) => [node, outcome])).toEqual([
      ['service', 'exists'],
      ['endpoints', 'none'],
      ['aside:cart-answers', 'refused'],
    ]);
    expect(types(told.happenings).slice(-5)).toEqual([
      ...['concluded', 'check.started', 'command.ran', 'check.finished', 'verdict'],
    ]);
  });

  it('walks from its flow to its verdict, and leaves every line and proof on the way', async () => {
    const { session, told } = open();
    const { phase, verdict, trail, cost, runbook } = await walked(session);
    expect([phase, runbook?.id]).toEqual(['judged', 'cart-silent']);
    expect(verdict).toMatchObject({ result: 'fault', tree: { cause: 'KP-01' } });
    expect(verdict?.causes[0]?.id).toBe('KP-01');
    expect(trail.map(({ node, outcome, evidence }) => [node, outcome, evidence])).toEqual([
      ['service', 'exists', ['service.1']],
      ['endpoints', 'some', ['endpoints.1']],
      ['address', 'refused', ['address.1']],
    ]);
    expect(told.proofs).toEqual(['service.1', 'endpoints.1', 'address.1']);
    expect(types(told.happenings)).toEqual([
      ...['check.started', 'check.finished', 'decision.auto'],
      ...['check.started', 'check.finished', 'decision.auto', 'decision.auto'],
      ...['check.started', 'command.ran', 'check.finished', 'decision.auto'],
      ...['concluded', 'verdict'],
    ]);
    expect(cost).toEqual({ requests: 4, bytes: 0, commands: 1 });
    session.close();
    expect(session.look().phase).toBe('over');
  });

  it('keeps each command with its place, its argument list and its size in bytes', async () => {
    const pod = () =>
      ran('购物车', { argv: ['nc', '-z', 'cart', '80'], exitCode: Number.NaN, stderr: 'x', durationMs: 12 });
    const { session, told } = open({ world: shopWorld({ pod }) });
    await walked(session);
    expect(told.happenings.find(({ type }) => type === 'command.ran')?.data).toEqual({
      ...{ node: 'address', run: 1, where: 'pod/shop/checkout', argv: ['nc', '-z', 'cart', '80'] },
      ...{ exitCode: null, durationMs: 0, bytes: 10 },
    });
  });

  it('calls the flow healthy only after a fresh last look', async () => {
    const world = shopWorld({ pod: () => ran('') });
    const { session } = open({ world });
    expect((await walked(session)).verdict).toMatchObject({ result: 'healthy', tree: 'healthy' });
    const gets = world.calls.filter((call) => 'verb' in call && call.verb === 'get');
    expect(gets).toHaveLength(2);
  });

  it('closes a world that comes after everybody has left', async () => {
    const closed: string[] = [];
    const late = { ...shopWorld(), close: async () => void closed.push('late') };
    const { promise, resolve } = Promise.withResolvers<typeof late>();
    const { session } = open({ connect: () => promise });
    session.start();
    session.stop();
    await session.release();
    resolve(late);
    await expect.poll(() => closed).toEqual(['late']);
  });

  it('goes on past what it may not look at, and says so in the verdict', async () => {
    const { session } = open({ world: shopWorld({ deny: ['services'] }), level: 'observe' });
    const { verdict, trail } = await walked(session);
    expect(verdict).toMatchObject({ result: 'inconclusive', tree: 'inconclusive' });
    expect(trail.map(({ node, outcome }) => [node, outcome])).toEqual([
      ['service', 'forbidden'],
      ['endpoints', 'some'],
      ['address', 'not-granted'],
      ['last-look', 'forbidden'],
    ]);
    expect(verdict?.notChecked.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['service-exists', 'cart-answers']),
    );
  });

  it.each([
    ['the API refuses', new CannotLook('forbidden', 'no'), 'forbidden'],
    [
      'the API says why it is out of reach',
      Object.assign(new CannotLook('lost', 'no'), { why: 'unreachable' }),
      'unreachable',
    ],
    ['something of ours breaks', new TypeError('no'), 'TypeError'],
    [
      'an error of the operator has a code of its own',
      Object.assign(new Error('no'), { name: 'KubeconfigProblem', code: 'no-context' }),
      'KubeconfigProblem',
    ],
  ])('fails with a word for the exit code where %s', async (_, error, code) => {
    const { session, told } = open({ connect: () => Promise.reject(error) });
    expect((await walked(session)).failure).toEqual({ code, message: 'no' });
    expect(told.happenings).toEqual([]);
  });

  it('shows the same look until something changes', async () => {
    const { session } = open();
    expect(session.look()).toBe(session.look());
    const before = session.look();
    const end = await walked(session);
    expect(before.phase).toBe('preparing');
    expect(session.look()).toBe(end);
  });

  it('stands at the check that runs, the one under review, and the one stepped back to', async () => {
    const { session } = open({ pace: 'step' });
    session.start();
    const first = await seen(session, ({ reviewing }) => reviewing);
    expect(first.current).toMatchObject({ node: 'service', check: 'service-exists', run: 1, limitMs: 10_000 });
    expect(first.canGoBack).toBe(false);
    session.send({ type: 'NEXT' });
    await seen(session, ({ reviewing, current }) => reviewing && current?.node === 'endpoints');
    session.send({ type: 'BACK' });
    expect(session.look()).toMatchObject({ reviewing: true, paused: true, current: { node: 'service', run: 1 } });
    session.send({ type: 'NEXT' });
    await seen(session, ({ reviewing, current }) => reviewing && current?.run === 2);
    session.send({ type: 'NEXT' });
    const { asking, current } = await seen(session, (look) => look.asking !== null);
    expect([asking?.node, current]).toEqual(['since', null]);
  });
});

describe('the operator', () => {
  const at = (node: string, ...acts: Operator[]): Operator => {
    let turn = 0;
    return (look) => {
      if (look.asking) return { type: 'ANSWER', answer: 'tonight' };
      if (!look.reviewing) return undefined;
      return look.current?.node === node && turn < acts.length ? acts[turn++]?.(look) : { type: 'NEXT' };
    };
  };

  it('overrides a finding with a reason, and the verdict tells of both', async () => {
    const { session, told } = open({ pace: 'step' });
    const { verdict, trail } = await walked(
      session,
      at('endpoints', () => ({ type: 'OVERRIDE', outcome: 'none', reason: 'they are gone' })),
    );
    expect(verdict?.tree).toEqual({ cause: 'SVC-01' });
    expect(trail.at(-1)).toMatchObject({ node: 'endpoints', outcome: 'some' });
    expect(told.happenings.find(({ type }) => type === 'override')?.data).toMatchObject({
      found: 'some',
      chosen: 'none',
    });
  });

  it('runs a check again and sees what has changed', async () => {
    const endpoints = [slice];
    const { session } = open({ pace: 'step', world: shopWorld({}, { endpointslices: endpoints }) });
    const { verdict, trail } = await walked(
      session,
      at('endpoints', () => {
        endpoints.pop();
        return { type: 'RERUN' };
      }),
    );
    expect(trail.filter(({ node }) => node === 'endpoints').map(({ run, outcome }) => [run, outcome])).toEqual([
      [1, 'some'],
      [2, 'none'],
    ]);
    expect(verdict?.tree).toEqual({ cause: 'SVC-01' });
  });

  it('leaves a note', () => {
    const { session, told } = open();
    session.note('cart got a new label');
    expect(told.happenings).toEqual([
      { type: 'note.added', actor: 'operator', data: { text: 'cart got a new label' } },
    ]);
  });

  it('keeps what was predicted', () => {
    const { session, told } = open();
    const data = { node: 'endpoints', check: 'service-has-ready-endpoints', run: 1, guess: 'fail' } as const;
    session.predict(data);
    expect(told.happenings).toEqual([{ type: 'prediction.made', actor: 'operator', data }]);
  });

  it('leaves a note with what it names that does harm', () => {
    const { session, told } = open();
    session.note('sudo conntrack -F');
    expect(told.happenings).toEqual([
      {
        type: 'note.added',
        actor: 'operator',
        data: { text: 'sudo conntrack -F', dangers: ['connections-flushed'] },
      },
    ]);
  });

  it('gets nothing from a check that the level does not allow', async () => {
    const world = shopWorld();
    await walked(open({ world, level: 'observe', catalog: catalogOf(), asked: toCart }).session);
    expect(world.ran).toEqual([]);
  });
});
