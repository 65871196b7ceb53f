import type { Facts, Finding } from '../domain/finding.js';
import type { Ground } from '../domain/verdict.js';
import { latestRuns } from './seen.js';

const weights: readonly Ground['weight'][] = ['decisive', 'strong', 'weak'];

/**
 * Values for the placeholders of a cause and of its remedies: the words of the flow, then the facts of what
 * speaks for the cause. Where two findings name the same fact, the heavier and then the earlier ground counts.
 */
export const wordsFor = (grounds: readonly Ground[], findings: readonly Finding[], flowWords: Facts): Facts => {
  const byNode = new Map(latestRuns(findings).map((finding) => [finding.node, finding]));
  const heaviestFirst = weights.flatMap((weight) => grounds.filter((ground) => ground.weight === weight));
  const facts = heaviestFirst.map(({ node }) => byNode.get(node)?.facts ?? {});
  return Object.assign({}, ...facts.reverse(), flowWords);
};
