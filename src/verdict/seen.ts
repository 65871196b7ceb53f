import type { Elimination, EliminationRow, Pair } from '../domain/cause.js';
import { type Finding, looked } from '../domain/finding.js';

/** A contrast that was observed, and the findings it was observed in. */
export interface SeenRow {
  readonly name: string;
  readonly row: EliminationRow;
  readonly findings: readonly Finding[];
}

export interface Seen {
  /** The latest run of each node, by node. */
  readonly latest: readonly Finding[];
  /** Those that say something about the cluster. */
  readonly looked: readonly Finding[];
  readonly rows: readonly SeenRow[];
  /** Rows in which the flow failed in this session. */
  readonly symptoms: readonly SeenRow[];
  /** The whole flow was tried, answered every time, and nothing around it failed. */
  readonly answered: boolean;
  /** The same, and from the source itself, not only from a Pod made like it. */
  readonly healthy: boolean;
}

const byNode = (a: Finding, b: Finding) => (a.node < b.node ? -1 : a.node > b.node ? 1 : a.run - b.run);

export const latestRuns = (findings: readonly Finding[]): Finding[] => [
  ...new Map([...findings].sort(byNode).map((finding) => [finding.node, finding])).values(),
];

/** The findings in which all pairs were seen; nothing when one of them was not. */
export const seenIn = (pairs: readonly Pair[], findings: readonly Finding[]): Finding[] | undefined => {
  const found = pairs.map(({ step, outcome }) =>
    findings.filter((finding) => finding.check === step && finding.outcome === outcome),
  );
  return found.length > 0 && found.every((list) => list.length > 0) ? found.flat() : undefined;
};

const rowSeen = (row: EliminationRow, findings: readonly Finding[]): Finding[] | undefined => {
  const found = Object.entries(row.when).map(([step, outcomes]) =>
    findings.filter((finding) => finding.check === step && [outcomes].flat().includes(finding.outcome)),
  );
  return found.length > 0 && found.every((list) => list.length > 0) ? found.flat() : undefined;
};

export const see = (findings: readonly Finding[], elimination: Elimination): Seen => {
  const latest = latestRuns(findings);
  const answers = latest.filter(looked);
  const rows = Object.entries(elimination).flatMap(([name, row]) => {
    const within = rowSeen(row, answers);
    return within ? [{ name, row, findings: within }] : [];
  });
  const failed = ({ row, findings: within }: SeenRow) => row.symptom && within.some(({ result }) => result === 'fail');
  const symptoms = rows.filter(failed);
  const calm = symptoms.length === 0 && !rows.some(({ row }) => row.doubtful);
  const answering = calm ? rows.filter(({ row }) => row.healthy) : [];
  return {
    latest,
    looked: answers,
    rows,
    symptoms,
    answered: answering.length > 0,
    healthy: answering.some(({ findings: within }) => !within.some(({ lookAlike }) => lookAlike)),
  };
};
