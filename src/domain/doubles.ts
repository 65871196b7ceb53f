import type { Cause, Causes } from './cause.js';

/** A step that separates two causes, or the sentence that says why there is nothing to separate. */
export type Double = Cause['confusable'][string];

/** The step that this cause names to tell it from another; nothing where it names none. */
export const separatorOf = ({ confusable }: Pick<Cause, 'confusable'>, other: string): string | undefined => {
  const double = confusable[other];
  return typeof double === 'string' ? double : undefined;
};

/** Confusion goes both ways and is mostly written down on one side: what a cause says itself goes before. */
export const doublesOf = (id: string, causes: Causes): Map<string, Double> => {
  const theirs = Object.entries(causes).flatMap(([other, { confusable }]) => {
    const double = confusable[id];
    return double === undefined ? [] : [[other, double] as const];
  });
  return new Map([...theirs, ...Object.entries(causes[id]?.confusable ?? {})]);
};
