import { describe, expect, it } from 'vitest';
import { createActor, fromPromise, toPromise, waitFor } from 'xstate';
import type { Finding } from '../../src/domain/finding.js';
import type { Happening } from '../../src/domain/journal.js';
import type { Runbook } from '../../src/domain/runbook.js';
import { compile } from '../../src/machines/compile.js';
import { foldWalk } from '../../src/machines/resume.js';
import type { Pace, RunRequest } from '../../src/machines/walk-context.js';

const tree: Pick<Runbook, 'start' | 'nodes'> = {
  start: 'exists',
  nodes: {
    exists: {
      step: 'service-exists',
      on: { exists: 'endpoints', missing: { cause: 'DNS-22' } },
      otherwise: 'endpoints',
    },
    endpoints: { step: 'has-endpoints', on: { ready: 'ask', none: { cause: 'SVC-01' } }, otherwise: 'ask' },
    ask: {
      ask: { en: 'Is it slow?', 'zh-CN': '慢吗?' },
      answers: { yes: { en: 'Yes', 'zh-CN': '是' }, no: { en: 'No', 'zh-CN': '否' } },
      on: { yes: 'exists', no: { healthy: null } },
      otherwise: { inconclusive: null },
    },
  },
};

const finding = ({ node, check, run }: RunRequest, outcome: string, result: Finding['result'] = 'pass'): Finding => ({
  node,
  check,
  run,
  outcome,
  result,
  stage: 'service',
  facts: {},
  evidence: [`${node}.${run}`],
  durationMs: 1,
  by: 'auto',
});

const surroundings = { stageOf: () => 'service' as const, consentTo: () => 'needless' as const, limitOf: () => 1000 };

const walk = (
  answers: Record<string, string>,
  { pace = 'auto', snapshot }: { pace?: Pace; snapshot?: unknown } = {},
) => {
  const asked: RunRequest[] = [];
  const machine = compile(tree, surroundings).provide({
    actors: {
      'run step': fromPromise(async ({ input }: { input: RunRequest }) => {
        asked.push(input);
        const outcome = answers[input.check];
        if (outcome === 'hang') await new Promise(() => {});
        if (outcome === 'throw') throw new Error('broken');
        return finding(input, outcome ?? 'ready', outcome === 'forbidden' ? 'error' : 'pass');
      }),
    },
  });
  const told: Happening[] = [];
  const actor = createActor(machine, { input: { pace }, ...(snapshot ? { snapshot: snapshot as never } : {}) });
  actor.on('happened', ({ happening }) => told.push(happening));
  actor.start();
  return { actor, asked, told, machine };
};

describe('compile', () => {
  it('walks by outcomes to a conclusion', async () => {
    const { actor, told } = walk({ 'service-exists': 'exists', 'has-endpoints': 'none' });
    expect((await toPromise(actor)).ended).toEqual({ cause: 'SVC-01' });
    expect(told.map(({ type }) => type)).toEqual([
      'check.started',
      'check.finished',
      'decision.auto',
      'check.started',
      'check.finished',
      'decision.auto',
      'concluded',
    ]);
  });

  it('takes the otherwise route when a check could not look', async () => {
    const { actor } = walk({ 'service-exists': 'forbidden', 'has-endpoints': 'none' });
    const { findings, ended } = await toPromise(actor);
    expect(ended).toEqual({ cause: 'SVC-01' });
    expect(findings.exists?.result).toBe('error');
  });

  it('shows a bug of a runner as a bug, and goes on', async () => {
    const { actor } = walk({ 'service-exists': 'throw', 'has-endpoints': 'none' });
    expect((await toPromise(actor)).findings.exists?.reason).toEqual({ code: 'bug', detail: 'Error: broken' });
  });

  it('waits at every finding at step pace, and at a pause', async () => {
    const { actor } = walk({ 'service-exists': 'exists' }, { pace: 'step' });
    await waitFor(actor, (state) => state.hasTag('reviewing'));
    expect(actor.getSnapshot().value).toEqual({ exists: 'found' });
    actor.send({ type: 'NEXT' });
    await waitFor(actor, (state) => state.hasTag('reviewing'));
    actor.send({ type: 'BACK' });
    expect(actor.getSnapshot().value).toEqual({ exists: 'found' });
    expect(actor.getSnapshot().context.path).toEqual(['exists']);
  });

  it('goes by the word of the operator only with a reason', async () => {
    const { actor, told } = walk({ 'service-exists': 'exists' }, { pace: 'step' });
    await waitFor(actor, (state) => state.hasTag('reviewing'));
    actor.send({ type: 'OVERRIDE', outcome: 'missing', reason: ' ' });
    expect(actor.getSnapshot().hasTag('reviewing')).toBe(true);
    actor.send({ type: 'OVERRIDE', outcome: 'missing', reason: 'I deleted it' });
    expect((await toPromise(actor)).ended).toEqual({ cause: 'DNS-22' });
    expect(told.find(({ type }) => type === 'override')?.data).toEqual({
      node: 'exists',
      found: 'exists',
      chosen: 'missing',
      reason: 'I deleted it',
    });
  });

  it('leaves by the way for no answer when the operator holds the result for unsure', async () => {
    const { actor, told } = walk({ 'service-exists': 'exists' }, { pace: 'step' });
    await waitFor(actor, (state) => state.hasTag('reviewing'));
    actor.send({ type: 'OVERRIDE', outcome: 'otherwise', reason: 'unsure' });
    await waitFor(actor, (state) => state.hasTag('reviewing') && state.context.path.includes('exists'));
    expect(told.find(({ type }) => type === 'decision.auto')?.data).toMatchObject({
      from: 'exists',
      outcome: 'otherwise',
    });
    expect(told.find(({ type }) => type === 'override')?.data).toMatchObject({ found: 'exists', chosen: 'otherwise' });
  });

  it('runs a check again, freshly, under the next number', async () => {
    const { actor, asked } = walk({}, { pace: 'step' });
    await waitFor(actor, (state) => state.hasTag('reviewing'));
    actor.send({ type: 'RERUN' });
    await waitFor(actor, (state) => state.hasTag('reviewing'));
    expect(asked.map(({ run, fresh }) => [run, fresh])).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  it('skips a check that hangs', async () => {
    const { actor } = walk({ 'service-exists': 'hang', 'has-endpoints': 'none' });
    actor.send({ type: 'SKIP' });
    expect((await toPromise(actor)).findings.exists?.result).toBe('skip');
  });
});

describe('resume', () => {
  it('starts again the check that was running when the process died', async () => {
    const first = walk({ 'service-exists': 'exists', 'has-endpoints': 'hang' });
    await waitFor(first.actor, (state) => state.matches('endpoints' as never));
    const snapshot = foldWalk(first.machine, first.told, 'auto');
    const second = walk({ 'has-endpoints': 'none' }, { snapshot });
    expect((await toPromise(second.actor)).ended).toEqual({ cause: 'SVC-01' });
    expect(second.asked.map(({ node }) => node)).toEqual(['endpoints']);
  });

  it('keeps answers, overrides and skips', async () => {
    const first = walk({ 'service-exists': 'exists', 'has-endpoints': 'ready' });
    await waitFor(first.actor, (state) => state.hasTag('asking'));
    const second = walk({}, { snapshot: foldWalk(first.machine, first.told, 'auto') });
    expect(second.actor.getSnapshot().value).toBe('ask');
    second.actor.send({ type: 'ANSWER', answer: 'no' });
    expect((await toPromise(second.actor)).ended).toEqual({ healthy: null });
  });
});
