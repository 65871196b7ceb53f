import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Flow } from '../../src/domain/flow.js';
import { flowWords } from '../../src/domain/flow-words.js';
import type { AnyStep, Judgement } from '../../src/domain/step.js';
import { fill, stepTextSchema } from '../../src/domain/text.js';
import { spokenFacts } from '../../src/report/policy/reasons.js';
import { type FakeAnswers, type FakeObjects, fakeWorld, portsOver } from '../support/fake-world.js';

export interface Seen {
  readonly flow: Flow;
  readonly answers?: FakeAnswers;
}

/** Runs a step over a cluster made of `objects`, and says its finding in both languages. */
export const looking =
  (step: AnyStep, id: string) =>
  async (objects: FakeObjects, { flow, answers = {} }: Seen) => {
    const fake = fakeWorld(objects, answers);
    const evidence = await step.collect(portsOver(step, fake), flow, fake.signal);
    const stored = step.evidence.parse(JSON.parse(JSON.stringify(evidence)));
    const judgement: Judgement = step.interpret(stored, flow);
    const text = stepTextSchema.parse(parse(readFileSync(`src/steps/${step.stage}/${id}.text.yaml`, 'utf8')));
    const say = (language: 'en' | 'zh-CN') =>
      fill(text[language].outcomes[judgement.outcome] ?? '', {
        ...flowWords(flow),
        ...spokenFacts(judgement.facts ?? {}, language),
      });
    return {
      ...judgement,
      result: step.outcomes[judgement.outcome],
      evidence,
      used: fake.used,
      calls: fake.calls,
      en: say('en'),
      zh: say('zh-CN'),
    };
  };
