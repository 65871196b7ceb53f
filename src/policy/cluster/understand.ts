import { NoSuchEnd } from '../ends/targets.js';
import { evaluate, type Pair } from '../flow/evaluate.js';
import type { Document } from '../inventory/document.js';
import type { Engine } from '../inventory/inventory.js';
import { type Loaded, load } from '../load.js';
import type { JudgedFlow, PolicyDocuments } from './documents.js';

/** Documents and what they mean: understood once, however many flows are asked about. */
export interface Understood extends Loaded {
  readonly documents: readonly Document[];
}

const dialectOf = (name: string | undefined): Engine['name'] =>
  name === 'calico' || name === 'cilium' ? name : 'kubernetes';

export const understand = ({ documents, engine, ...known }: PolicyDocuments): Understood => ({
  ...load(documents, { namespace: 'default', engine: dialectOf(engine), ...known }),
  documents,
});

/** Every connection that the flow may be; none where it leads to nothing that could be judged. */
export const pairsIn = (understood: Understood, { from, to, port, protocol }: JudgedFlow): readonly Pair[] => {
  try {
    return evaluate(understood, { from, to, port, protocol }).pairs;
  } catch (error) {
    if (error instanceof NoSuchEnd) return [];
    throw error;
  }
};
