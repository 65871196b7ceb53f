import type { ReportInput } from '../catalog.js';
import { say } from '../say.js';
import { actions } from './actions.js';
import { appendix } from './appendix.js';
import type { Block, Section } from './block.js';
import { decisions } from './decisions.js';
import { detection } from './detection.js';
import { hypotheses } from './hypotheses.js';
import { impact } from './impact.js';
import { leadUp } from './lead-up.js';
import { learned } from './learned.js';
import { remediation } from './remediation.js';
import { reproduce } from './reproduce.js';
import { summary } from './summary.js';
import { timeline } from './timeline.js';
import { pageTitle, titleBlocks } from './title.js';
import { verdict } from './verdict.js';

const sections: readonly Section[] = [
  ...[summary, impact, detection, leadUp, timeline, verdict, hypotheses],
  ...[decisions, remediation, learned, actions, reproduce, appendix],
];

/** A report as text that has no markup yet. */
export interface Page {
  readonly title: string;
  readonly head: readonly Block[];
  readonly sections: readonly { readonly title: string; readonly blocks: readonly Block[] }[];
}

/** The postmortem, as far as a machine can write it. Whatever only people know is an open point in it. */
export const postmortem = (input: ReportInput): Page => ({
  title: pageTitle(input),
  head: titleBlocks(input),
  sections: sections.map((section) => ({ title: say(input, section.key), blocks: section.blocks(input) })),
});
