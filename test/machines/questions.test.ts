import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { runToTheEnd } from '../../src/commands/headless.js';
import type { World } from '../../src/domain/ports.js';
import { createQuestions } from '../../src/machines/questions.js';
import { open, seen, shopWorld, walked } from './shop.js';

const phrase = (text: string) => ({ en: text, 'zh-CN': text });
const hostKey = {
  about: 'host key of node-b',
  question: { ask: phrase('Is it right?'), answers: { no: phrase('No'), once: phrase('Yes') } },
};

/** A session whose way to the cluster asks before there is one. */
const start = () => {
  const answers: (string | undefined)[] = [];
  const world = shopWorld();
  const opened = open({
    connect: async (_signal, _tell, askOperator) => {
      const asked = askOperator(hostKey).then((answer) => answers.push(answer));
      // Whatever the walk wants to know waits for it, as checks of a node wait for its door.
      const slow: World['ask'] = async (call, ...more) => {
        if (call.port === 'kube' && call.verb === 'list') await asked;
        return world.ask(call, ...more);
      };
      return { ...world, ask: slow };
    },
  });
  return { ...opened, answers };
};

describe('a question on the way to an answer', () => {
  it('stands in the place of the walk, and its answer is written down', async () => {
    const { session, told, answers } = start();
    session.start();
    const { asking, current, reviewing } = await seen(session, (look) => look.asking?.node === hostKey.about);
    expect([Object.keys(asking?.question.answers ?? {}), current, reviewing]).toEqual([['no', 'once'], null, false]);
    session.send({ type: 'ANSWER', answer: 'once' });
    // What was typed as it appeared is no answer.
    expect(session.look().asking?.node).toBe(hostKey.about);
    await pause(450);
    session.send({ type: 'ANSWER', answer: 'once' });
    await seen(session, (look) => look.asking?.node !== hostKey.about);
    expect(answers).toEqual(['once']);
    expect(told.happenings).toContainEqual({
      ...{ type: 'intake.answered', actor: 'operator' },
      data: { question: hostKey.about, answer: 'once', source: 'prompt' },
    });
    expect((await walked(session)).phase).toBe('judged');
  });

  it('is answered by nobody where nobody is there, and nothing is written down', async () => {
    const { session, told, answers } = start();
    expect(await runToTheEnd(session, { reason: () => undefined })).toEqual({ cause: 'verdict' });
    expect(answers).toEqual([undefined]);
    expect(told.happenings.some(({ type }) => type === 'intake.answered')).toBe(false);
  });
});

it('is answered by a name alone where a name is wanted', async () => {
  const answered: string[] = [];
  const questions = createQuestions({ changed: () => {}, answered: (_, answer) => void answered.push(answer) });
  const question = { ...hostKey.question, typed: { answer: 'once', name: 'node-b' } };
  const asked = questions.ask({ about: 'node pod', question });
  questions.first();
  await pause(450);
  for (const answer of ['once', 'typed node-a']) expect(questions.take({ type: 'ANSWER', answer })).toBe(true);
  expect(questions.first()?.about).toBe('node pod');
  questions.take({ type: 'ANSWER', answer: 'typed node-b' });
  expect([await asked, answered]).toEqual(['once', ['once']]);
});

describe('the time of a check', () => {
  const questions = () => createQuestions({ changed: () => {}, answered: () => {} });
  const over = (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });

  it('runs out where nobody is asked', async () => {
    await over(questions().limit(5));
  });

  it('begins anew when somebody has answered', async () => {
    const asking = questions();
    void asking.ask(hostKey);
    const limit = asking.limit(5);
    // Started later and for longer: what is over by now had its chance.
    await over(questions().limit(40));
    expect(limit.aborted).toBe(false);
    asking.take({ type: 'SKIP' });
    await over(limit);
  });
});
