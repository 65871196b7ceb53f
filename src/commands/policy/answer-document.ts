import type { Language } from '../../domain/text.js';
import type { FlowAnswer } from '../../policy/flow/evaluate.js';
import type { Deciding } from '../../policy/judge/decide.js';
import type { Answer, Judgement } from '../../policy/judge/judge.js';
import type { Place } from '../../policy/read/place.js';
import { decidingText } from './deciding-text.js';
import { reasonText } from './reason-text.js';

const truth = (answer: Answer) => (answer === 'unknown' ? null : answer === 'allowed');

const policyOf = ({ policy: { kind, namespace, name, place }, rule }: Deciding, whereIs: (place: Place) => string) => ({
  kind,
  namespace,
  name,
  rule: rule?.name ?? null,
  where: whereIs(rule?.place ?? place),
});

const sideOf = ({ answer, by }: Judgement, whereIs: (place: Place) => string) => ({
  allowed: truth(answer),
  policies: by.map((deciding) => policyOf(deciding, whereIs)),
});

/** Why the answer is what it is, in a sentence. */
export const reasonOf = (answer: FlowAnswer, language: Language): string => {
  if (answer.answer === 'unknown') return answer.doubts.map((doubt) => reasonText(doubt, language)).join('; ');
  const sides = (['egress', 'ingress'] as const).filter(
    (direction) => answer.answer === 'allowed' || answer[direction].answer === 'denied',
  );
  return sides.map((direction) => decidingText(answer[direction], direction, language)).join('; ');
};

/** What `-o json` writes about a flow. */
export const answerDocument = (answer: FlowAnswer, whereIs: (place: Place) => string, language: Language) => ({
  allowed: truth(answer.answer),
  egress: sideOf(answer.egress, whereIs),
  ingress: sideOf(answer.ingress, whereIs),
  reason: reasonOf(answer, language),
  remarks: answer.remarks.map((remark) => reasonText(remark, language)),
});
