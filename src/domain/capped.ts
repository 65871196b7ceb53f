/** Lists in facts are for people: ten lines say it, a total beside them says the rest. */
export const capped = <T>(items: readonly T[]): T[] => items.slice(0, 10);
