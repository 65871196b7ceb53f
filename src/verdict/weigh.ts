import type { Cause, Causes, Elimination } from '../domain/cause.js';
import type { Facts, Finding } from '../domain/finding.js';
import type { Conclusion } from '../domain/runbook.js';
import type { Stage } from '../domain/stage.js';
import { fill, type Language, placeholders } from '../domain/text.js';
import type { Candidate, Verdict } from '../domain/verdict.js';
import { type Argument, argue, groundsOf, isCandidate, isRuledOut } from './argument.js';
import { judge } from './certainty.js';
import { nextCheck } from './next-check.js';
import { notChecked } from './not-checked.js';
import { bestFirst, type Judged } from './rank.js';
import { type Seen, see } from './seen.js';
import { stillTelling } from './still-telling.js';
import { wordsFor } from './words.js';

export interface Trail {
  /** Of all nodes and runs, in any order; the latest run of a node counts. */
  readonly findings: readonly Finding[];
  readonly causes: Causes;
  readonly elimination: Elimination;
  /** How the walk ended; absent when it was stopped. */
  readonly conclusion?: Conclusion | undefined;
  /** Stages for which the catalogue holds at least one step. */
  readonly stagesBuilt: readonly Stage[];
  /** Values of the flow for placeholders, see `flowWords`. */
  readonly flowWords: Facts;
}

type Weighed = Judged & Pick<Candidate, 'capped'>;

const evidenceOf = ({ decisive, strong, weak, kept }: Argument) => [
  ...new Set([decisive, strong, weak, kept].flat(2).flatMap(({ evidence }) => evidence)),
];

/** The title claims less than the statement, and it needs no facts: where one is missing, it says what is known. */
const told = ({ statement, title }: Cause, language: Language, words: Facts): string => {
  const sentence = fill(statement[language], words);
  return placeholders(sentence).length === 0 ? sentence : title[language];
};

const candidate = ({ argument, certainty, capped }: Weighed, { findings, flowWords }: Trail): Candidate => {
  const { id, cause } = argument;
  const grounds = groundsOf(argument);
  const words = wordsFor(grounds, findings, flowWords);
  return {
    id,
    certainty,
    subject: fill(cause.subject, words),
    statement: { en: told(cause, 'en', words), 'zh-CN': told(cause, 'zh-CN', words) },
    evidence: evidenceOf(argument),
    grounds,
    explains: [...argument.explains],
    unexplained: [...argument.unexplained],
    capped,
  };
};

const treeEnd = (conclusion: Conclusion | undefined): Verdict['tree'] => {
  if (!conclusion) return 'stopped';
  if ('cause' in conclusion) return { cause: conclusion.cause };
  return 'healthy' in conclusion ? 'healthy' : 'inconclusive';
};

/**
 * A walk that ended without an answer looked for trouble that fresh small requests do not show: that these succeed
 * says nothing of it.
 */
const resultOf = (best: Weighed | undefined, seen: Seen, { conclusion }: Trail): Verdict['result'] => {
  if (best && best.certainty !== 'possible') return 'fault';
  return seen.healthy && treeEnd(conclusion) !== 'inconclusive' ? 'healthy' : 'inconclusive';
};

const ruledOut = (argument: Argument) => {
  const [first] = argument.refuting.flat();
  return { id: argument.id, by: first ? `${first.node}/${first.check}` : '' };
};

/** What was found, and the catalogue to hold it against. */
export type Findings = Pick<Trail, 'causes' | 'elimination' | 'findings'>;

/** Every cause with what speaks for and against it, and those worth naming with how sure one may be, best first. */
export const weighAll = ({ causes, elimination, findings }: Findings) => {
  const seen = see(findings, elimination);
  const all = Object.keys(causes)
    .sort()
    .flatMap((id) => (causes[id] ? [argue(id, causes[id], seen)] : []));
  const candidates = all.filter(isCandidate);
  const judged = candidates.map((argument): Weighed => ({ argument, ...judge(argument, candidates, seen) }));
  return { seen, all, ranked: judged.filter(stillTelling(judged, seen)).sort(bestFirst) };
};

/** What to believe after a walk. Pure and total: the order of the findings does not matter. */
export const weigh = (trail: Trail): Verdict => {
  const { seen, all, ranked } = weighAll(trail);
  const [best] = ranked;
  const result = resultOf(best, seen, trail);
  const settled = result === 'healthy' || (best?.certainty === 'certain' && best.argument.unexplained.length === 0);
  const next = settled
    ? undefined
    : nextCheck(
        ranked.map(({ argument }) => argument),
        seen,
        trail.elimination,
      );
  return {
    result,
    causes: ranked.map((weighed) => candidate(weighed, trail)),
    ruledOut: all.filter(isRuledOut).map(ruledOut),
    notChecked: notChecked(seen, trail.stagesBuilt),
    unexplained: [...(best?.argument.unexplained ?? seen.symptoms.map(({ name }) => name).sort())],
    tree: treeEnd(trail.conclusion),
    ...(next ? { next } : {}),
  };
};
