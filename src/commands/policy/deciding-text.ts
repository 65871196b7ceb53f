import type { Language } from '../../domain/text.js';
import type { Deciding } from '../../policy/judge/decide.js';
import type { Judgement } from '../../policy/judge/judge.js';
import type { Direction } from '../../policy/model/policy.js';
import { reasonText, wordFor } from './reason-text.js';

/** `NetworkPolicy shop/front ingress[0]` */
export const nameOf = ({ policy: { kind, namespace, name }, rule }: Deciding): string =>
  `${kind} ${namespace ? `${namespace}/` : ''}${name}${rule ? ` ${rule.name}` : ''}`;

const sentenceFor = ({ answer, by }: Judgement) => {
  if (answer === 'unknown') return 'open';
  if (answer === 'denied') return by.some(({ rule }) => rule) ? 'rule-denies' : 'isolates';
  return by.length > 0 ? 'rule-allows' : 'lets-through';
};

/** What decides on one side, in a sentence. */
export const decidingText = (judgement: Judgement, direction: Direction, language: Language): string => {
  const [exempt] = judgement.by.length === 0 && judgement.answer === 'allowed' ? judgement.remarks : [];
  if (exempt) return `${wordFor(direction, {}, language)}: ${reasonText(exempt, language)}`;
  const facts = { direction: wordFor(direction, {}, language), policies: judgement.by.map(nameOf).join(', ') };
  return wordFor(sentenceFor(judgement), facts, language);
};
