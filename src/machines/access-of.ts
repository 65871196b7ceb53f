import type { Rules } from '../domain/ports.js';
import { isAllowed, writeRight } from '../domain/rights.js';
import type { AnyStep } from '../domain/step.js';
import { rightsFor } from './access.js';

const levels = ['observe', 'probe', 'node'] as const;

/** Whether the rights of a level are there. `unknown` where the cluster would not list all rules. */
export interface AccessOf {
  readonly level: (typeof levels)[number];
  readonly answer: 'yes' | 'partly' | 'no' | 'unknown';
  readonly allowed: number;
  /** How many rights the checks of this level use; 0 where no check needs it. */
  readonly all: number;
  /** In the words of RBAC. */
  readonly missing: readonly string[];
}

const answerOf = (answers: readonly string[]): AccessOf['answer'] => {
  if (!answers.includes('yes') && !answers.includes('unknown')) return 'no';
  if (answers.includes('no')) return 'partly';
  return answers.includes('unknown') ? 'unknown' : 'yes';
};

/** For each level, the rights its checks use beyond those of the levels before it, in one namespace. */
export const accessOf = (steps: readonly AnyStep[], rules: Rules, namespace: string): AccessOf[] => {
  const known = new Set<string>();
  return levels.map((level) => {
    const own = rightsFor(
      steps.filter((step) => step.level === level),
      [namespace],
    ).filter((right) => !known.has(writeRight(right)));
    for (const right of own) known.add(writeRight(right));
    const judged = own.map((right) => ({ right: writeRight(right), answer: isAllowed(right, rules) }));
    const lacking = judged.filter(({ answer }) => answer !== 'yes');
    return {
      level,
      answer: answerOf(judged.map(({ answer }) => answer)),
      allowed: judged.length - lacking.length,
      all: judged.length,
      missing: lacking.map(({ right }) => right),
    };
  });
};
