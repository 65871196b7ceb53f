import type { ReportInput } from './catalog.js';
import { actions } from './markdown/actions.js';
import { appendix } from './markdown/appendix.js';
import { decisions } from './markdown/decisions.js';
import { detection } from './markdown/detection.js';
import { hypotheses } from './markdown/hypotheses.js';
import { impact } from './markdown/impact.js';
import { leadUp } from './markdown/lead-up.js';
import { learned } from './markdown/learned.js';
import { type Section, text } from './markdown/page.js';
import { remediation } from './markdown/remediation.js';
import { reproduce } from './markdown/reproduce.js';
import { summary } from './markdown/summary.js';
import { timeline } from './markdown/timeline.js';
import { titleBlocks } from './markdown/title.js';
import { verdict } from './markdown/verdict.js';

const sections: readonly Section[] = [
  ...[summary, impact, detection, leadUp, timeline, verdict, hypotheses],
  ...[decisions, remediation, learned, actions, reproduce, appendix],
];

/** The postmortem, as far as a machine can write it. Whatever only people know is an open point in it. */
export const markdownReport = (input: ReportInput) =>
  [titleBlocks(input), ...sections.map((section) => [`## ${text(input, section.key)}`, ...section.blocks(input)])]
    .flat()
    .join('\n\n')
    .concat('\n');
