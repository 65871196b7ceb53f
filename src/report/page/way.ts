import { writeEnd } from '../../domain/ends.js';
import type { Finding, Result } from '../../domain/finding.js';
import { backbone, type Stage, stageSchema } from '../../domain/stage.js';
import { candidates } from '../candidate.js';
import type { ReportInput } from '../catalog.js';
import { say } from '../say.js';

/** One stop on the way of the traffic, with the worst that was found there. */
export interface Station {
  readonly name: string;
  /** Absent at the two ends, and where nothing was looked at. */
  readonly result?: Result;
  readonly word: string;
  /** The verdict puts the fault here. */
  readonly failing: boolean;
}

const worstFirst: readonly Result[] = ['fail', 'warn', 'unsure', 'error', 'pass', 'skip'];

const worst = (findings: readonly Finding[]) =>
  worstFirst.find((result) => findings.some((finding) => finding.result === result));

/** What a node said last counts: a check may have been repeated after a change. */
const lastOfEach = (findings: readonly Finding[]) => [
  ...new Map(findings.map((finding) => [finding.node, finding])).values(),
];

const faultyStage = (input: ReportInput): Stage | undefined => {
  const [best] = candidates(input);
  return best && input.session.verdict?.result === 'fault' ? input.catalog.causes[best.id]?.stage : undefined;
};

const isOnTheWay = (stage: Stage, seen: ReadonlySet<Stage>) =>
  seen.has(stage) || backbone.some((station) => station === stage);

/** The stations between source and destination in the order of the backbone. */
export const stationsOf = (input: ReportInput): Station[] => {
  const { header, findings } = input.session;
  if (!header) return [];
  const last = lastOfEach(findings);
  const faulty = faultyStage(input);
  const seen = new Set([...last.map(({ stage }) => stage), ...(faulty ? [faulty] : [])]);
  const end = (name: string, key: string): Station => ({ name, word: say(input, key), failing: false });
  const stations = stageSchema.options
    .filter((stage) => isOnTheWay(stage, seen))
    .map((stage): Station => {
      const result = worst(last.filter((finding) => finding.stage === stage));
      return {
        name: say(input, `stage.${stage}`),
        ...(result && { result }),
        word: result ? say(input, `result.${result}`) : say(input, 'way.unseen'),
        failing: stage === faulty,
      };
    });
  return [end(writeEnd(header.flow.from), 'way.from'), ...stations, end(writeEnd(header.flow.to), 'way.to')];
};
