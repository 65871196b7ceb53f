import { isStepNode } from '../../domain/runbook.js';
import { backbone, type Stage } from '../../domain/stage.js';
import { padded } from '../cell.js';
import { fitted, type Row, row, span } from '../row.js';
import { runningCheck } from '../subject.js';
import type { State } from '../theme.js';
import type { View } from '../view.js';
import { stateSpans } from './trail.js';

/** Worst first. What could not be looked at stands above what is merely odd. */
const severity: readonly State[] = ['fail', 'error', 'unsure', 'warn', 'skip', 'pass'];

const stageOf = ({ catalog }: View, check: string): Stage | undefined => catalog.steps[check]?.step.stage;

const worstOf = ({ look }: View, stage: Stage): State | undefined => {
  const own = look?.trail.filter((finding) => finding.stage === stage) ?? [];
  const latest = new Map(own.map(({ node, result }): [string, State] => [node, result]));
  return severity.find((state) => [...latest.values()].includes(state));
};

const isOnTree = (view: View, stage: Stage): boolean => {
  const book = view.look?.runbook;
  return !book || Object.values(book.nodes).some((node) => isStepNode(node) && stageOf(view, node.step) === stage);
};

const stageState = (view: View, stage: Stage): State | 'absent' | 'elsewhere' => {
  const running = runningCheck(view);
  if (running && stageOf(view, running.check) === stage) return 'run';
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
