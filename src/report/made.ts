import type { Made } from '../domain/session-view.js';
import type { ReportInput } from './catalog.js';
import { say } from './say.js';

const isLeft = ({ removal }: Made) => !removal || removal.outcome === 'left';

const factsOf = ({ namespace, pod, container, image, expires, removal }: Made) => ({
  ...{ namespace, pod, container, image, expires },
  why: removal?.why ?? '',
});

const stateOf = (input: ReportInput, made: Made) => {
  if (!made.removal) return say(input, `made.there.${made.kind}`, factsOf(made));
  return say(input, `made.${made.removal.outcome}`, factsOf(made));
};

const lineOf = (input: ReportInput) => (made: Made) =>
  say(input, 'made.line', { what: say(input, `made.${made.kind}`, factsOf(made)), state: stateOf(input, made) });

/** What the session put into the cluster, and what became of it. */
export const madeLines = (input: ReportInput): string[] => input.session.made.map(lineOf(input));

/** What of it is still there, as far as the session knows. */
export const leftoverLines = (input: ReportInput): string[] => input.session.made.filter(isLeft).map(lineOf(input));

/** What could not be seen from where the session looked. */
export const hiddenLines = (input: ReportInput): string[] =>
  [...new Set(input.session.made.map(({ kind }) => kind))].map((kind) => say(input, `made.hides.${kind}`));
