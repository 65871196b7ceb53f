import type { z } from 'zod';

/** Who keeps what: Prometheus what was measured, Loki what was written. Both answer with a matrix of the same shape. */
export type Keeper = 'prometheus' | 'loki';

/**
 * What a keeper may be asked: a fixed expression with names in it, and nothing else ever reaches one. Each series of
 * the answer carries the label `what`.
 */
export interface HistoryQuestion<Name extends string = string, Args = never> {
  readonly name: Name;
  readonly keeper: Keeper;
  readonly args: z.ZodType<Args>;
  /** `range` is what a rate looks back for, in seconds. */
  expression(args: Args, range: number): string;
}

// biome-ignore lint/suspicious/noExplicitAny: the one place where a question of unknown shape is accepted
export type AnyHistoryQuestion = HistoryQuestion<string, any>;

export const defineHistory = <Name extends string, Args>(question: HistoryQuestion<Name, Args>) => question;

/** Expressions side by side in one request, each known by its label. */
export const together = (expressions: Readonly<Record<string, string>>) =>
  Object.entries(expressions)
    .map(([what, expression]) => `label_replace(${expression}, "what", "${what}", "", "")`)
    .join(' or ');

/** A name or an address as a regular expression that means only itself; without a backslash, which PromQL and LogQL read as well. */
export const literally = (name: string) => name.replaceAll(/[.[\]]/g, (mark) => `[${mark}]`);
