import type { Finding } from '../../domain/finding.js';
import { isStepNode } from '../../domain/runbook.js';
import { backbone, type Stage } from '../../domain/stage.js';
import { padded } from '../cell.js';
import { fitted, type Row, row, span } from '../row.js';
import { runningCheck, runningState } from '../subject.js';
import type { State } from '../theme.js';
import type { View } from '../view.js';
import { stateSpans } from './trail.js';

/** Worst first. What could not be looked at stands above what is merely odd. */
const severity: readonly State[] = ['fail', 'error', 'unsure', 'warn', 'skip', 'pass'];

const stageOf = ({ catalog }: View, check: string): Stage | undefined => catalog.steps[check]?.step.stage;

type Trail = readonly Finding[];
const judged = new WeakMap<Trail, ReadonlyMap<Stage, State>>();

/** The worst that was found last at the nodes of each stage. A trail never changes: a longer one is another. */
const worstByStage = (trail: Trail): ReadonlyMap<Stage, State> => {
  const known = judged.get(trail);
  if (known) return known;
  const latest = new Map(trail.map((finding) => [`${finding.stage}/${finding.node}`, finding]));
  const worst = new Map<Stage, State>();
  for (const { stage, result } of latest.values()) {
    const before = worst.get(stage);
    if (!before || severity.indexOf(result) < severity.indexOf(before)) worst.set(stage, result);
  }
  judged.set(trail, worst);
  return worst;
};

const worstOf = ({ look }: View, stage: Stage) => look && worstByStage(look.trail).get(stage);

const isOnTree = (view: View, stage: Stage): boolean => {
  const book = view.look?.runbook;
  return !book || Object.values(book.nodes).some((node) => isStepNode(node) && stageOf(view, node.step) === stage);
};

const stageState = (view: View, stage: Stage): State | 'absent' | 'elsewhere' => {
  const running = runningCheck(view);
  if (running && stageOf(view, running.check) === stage) return runningState(view);
  const worst = worstOf(view, stage);
  if (worst) return worst;
  if (!Object.values(view.catalog.steps).some(({ step }) => step.stage === stage)) return 'absent';
  return isOnTree(view, stage) ? 'wait' : 'elsewhere';
};

const stageRow = (view: View, stage: Stage, width: number): Row => {
  const { say, appearance } = view;
  const name = say(`report.stage.${stage}`);
  const state = stageState(view, stage);
  if (state !== 'absent' && state !== 'elsewhere')
    return fitted([span(' '), ...stateSpans(view, state), span(` ${name}`)], width, appearance.wide);
  const noted = padded(name, width < 52 ? 18 : 24, appearance.wide);
  return fitted([span(`${' '.repeat(10)}${noted}`), span(say(`ui.stage.${state}`))], width, appearance.wide);
};

/** The eight stations in their order, each with the worst that was found there. */
export const backboneRows = (view: View, width: number): Row[] => [
  row(` ${view.say('ui.backbone')}`, 'strong'),
  ...backbone.map((stage) => stageRow(view, stage, width)),
];
