import type { Language } from '../../domain/text.js';
import type { Pair } from '../../policy/flow/evaluate.js';
import { directions } from '../../policy/model/policy.js';
import { nearMiss } from '../../policy/near-miss/near-miss.js';
import { wordFor } from './reason-text.js';
import type { Resources } from './resources.js';

/** Which rules came nearest to allowing it, and what they found instead of what they ask for. */
export const nearText = (pair: Pair, { documents }: Resources, language: Language): string[] =>
  directions.flatMap((direction) => {
    if (pair[direction].answer !== 'denied') return [];
    const near = nearMiss({ direction, connection: pair.connection, servicePort: undefined, documents });
    if (!near) return [];
    const facts = {
      rule: `${near.namespace}/${near.policy} ${near.rule}`,
      wants: near.wants.join(', '),
      has: near.has.join(', '),
    };
    return [wordFor(`near-${near.slip}`, facts, language)];
  });
