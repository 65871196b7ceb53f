import { stepPaths } from '../../src/catalog/find.js';
import type { Facts, Finding, Result } from '../../src/domain/finding.js';
import type { Stage } from '../../src/domain/stage.js';
import type { AnyStep } from '../../src/domain/step.js';

const steps = new Map<string, AnyStep>(
  await Promise.all(
    stepPaths().map(async (path) => {
      const [stage = '', id = ''] = path.split('/');
      const module = await import(`../../src/steps/${stage}/${id}.ts`);
      return [id, module.default] as const;
    }),
  ),
);

/** What a check of the catalogue found, with the result its outcome has there. */
export const found = (check: string, outcome: string, facts: Facts = {}): Finding => {
  const step = steps.get(check);
  const result = step?.outcomes[outcome] as Result | undefined;
  if (!step || !result) throw new Error(`The catalogue has no outcome "${outcome}" of "${check}".`);
  return answer({ check, outcome, result, facts, stage: step.stage });
};

export const forbidden = (check: string): Finding => ({
  ...answer({ check, outcome: 'forbidden', result: 'error', facts: {}, stage: steps.get(check)?.stage ?? 'service' }),
  reason: { code: 'forbidden', detail: 'pods/exec in shop' },
});

export const notGranted = (check: string): Finding => ({
  ...answer({ check, outcome: 'not-granted', result: 'skip', facts: {}, stage: steps.get(check)?.stage ?? 'service' }),
  reason: { code: 'not-granted', detail: 'probe' },
});

const answer = (about: { check: string; outcome: string; result: Result; facts: Facts; stage: Stage }): Finding => ({
  ...about,
  node: about.check,
  run: 1,
  evidence: [`${about.check}.1`],
  durationMs: 12,
  by: 'auto',
});
