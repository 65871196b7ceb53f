import { sanitise } from '../clean/sanitise.js';
import type { Finding } from '../domain/finding.js';
import { candidates } from './candidate.js';
import type { ReportInput } from './catalog.js';
import { fixStory, pendingLines } from './fix-words.js';
import { hiddenLines, madeLines } from './made.js';
import { pathDrawing } from './path-drawing.js';
import { plain } from './plain.js';
import { residualLines } from './residual.js';
import { decidingLines } from './rule-drawing.js';
import { say } from './say.js';
import { checkTitle, findingSentence, lastFinding, reasonText } from './sentence.js';
import { keptHistory, lastRecording, type ShownChart } from './series-drawing.js';
import { sharingLines } from './sharing.js';
import { flowText, markOf, nextLine, proposedRemedy, ruledOutNames, verdictLine } from './words.js';

const wordCells = 6;

/** These words are our own: a Han character takes two cells. A library that knows all characters takes 25 ms to load. */
const padded = (word: string) => word.padEnd(wordCells - [...word.matchAll(/\p{Script=Han}/gu)].length);

/** One line of the walk, as it can be printed the moment a check has finished. */
export const findingLine = (input: ReportInput, finding: Finding) => {
  const word = padded(say(input, `result.${finding.result}`));
  return `${markOf(input, finding.result)} ${word}  ${plain(findingSentence(input, finding))}`;
};

const headLine = (input: ReportInput) => {
  const { header } = input.session;
  const mode = header && header.mode !== 'live' ? [`[${say(input, `mode.${header.mode}`)}]`] : [];
  const marked = header?.target.marked ? [say(input, 'production')] : [];
  const context = header?.target.context ?? say(input, 'no-context');
  return [...mode, header?.session_id ?? '?', flowText(input), context, ...marked].map(plain).join('  ');
};

const block = (title: string, lines: readonly string[]) =>
  lines.length > 0 ? ['', title, ...lines.map((line) => `  ${plain(line)}`)] : [];

const becauseLines = (input: ReportInput) =>
  (candidates(input)[0]?.grounds ?? []).flatMap(({ check, node, weight }) => {
    const finding = lastFinding(input, check, node);
    const place = finding ? `${finding.node}.${finding.run}` : node;
    return `${place} (${say(input, `weight.${weight}`)}): ${finding ? findingSentence(input, finding) : checkTitle(input, check)}`;
  });

const notCheckedLines = (input: ReportInput) =>
  (input.session.verdict?.notChecked ?? []).map(
    ({ check, reason }) => `${checkTitle(input, check)}: ${reasonText(input, reason)}`,
  );

const pathLines = (input: ReportInput) =>
  input.session.findings.map(({ facts }) => pathDrawing(input, facts)).findLast(({ length }) => length > 0) ?? [];

const ruleBlock = (input: ReportInput) => {
  const lines = decidingLines(input.session.findings).map((line) => `  ${line}`);
  return lines.length > 0 ? ['', say(input, 'rule.heading'), ...lines] : [];
};

/** Its spaces stand for time, so they stay. */
const chartLines = (title: string, shown: ShownChart | undefined) =>
  shown ? ['', title, ...shown.lines.map((line) => `  ${sanitise(line)}`)] : [];

const seriesBlock = (input: ReportInput) => [
  ...chartLines(say(input, 'series.heading'), lastRecording(input.session.findings)),
  ...chartLines(say(input, 'history.heading'), keptHistory(input.session.findings)),
];

/** The next step whole: how far it reaches, what to look at and keep before, the way back, and what to repeat. */
const remedyLines = (input: ReportInput) => {
  const remedy = proposedRemedy(input);
  if (!remedy) return [];
  const { severity, effect, capture, rollback, precheck, verify } = remedy;
  const line = (key: string, text: string) => `${say(input, key)}: ${text}`;
  return [
    `${say(input, `severity.${severity}`)}. ${effect}`,
    line('remedy.precheck', precheck),
    ...(capture === null ? [] : [line('remedy.capture', capture)]),
    line('undo', rollback),
    line('remedy.verify', verify.map((check) => checkTitle(input, check)).join(', ')),
  ];
};

/** What was changed through the session, and that a change stands which nobody has seen to its end. */
const changeLines = (input: ReportInput) => [
  ...input.session.fixes.flatMap((fix) => fixStory(input, fix)),
  ...pendingLines(input),
];

/** What `run --no-input` prints: the walk, the verdict, what was not checked, and what to do next. */
export const humanReport = (input: ReportInput) => {
  const { session } = input;
  const error = session.ended?.error;
  return [
    headLine(input),
    ...session.findings.map((finding) => findingLine(input, finding)),
    '',
    plain(verdictLine(input)),
    ...(error ? [plain(`${error.code}: ${error.message}`)] : []),
    ...block(say(input, 'because'), becauseLines(input)),
    ...block(say(input, 'path.heading'), pathLines(input)),
    ...seriesBlock(input),
    ...ruleBlock(input),
    ...block(say(input, 'sharing'), sharingLines(input)),
    ...block(say(input, 'unexplained'), residualLines(input)),
    ...block(say(input, 'ruled-out'), ruledOutNames(input)),
    ...block(say(input, 'not-checked'), notCheckedLines(input)),
    ...block(say(input, 'made'), [...madeLines(input), ...hiddenLines(input)]),
    ...block(say(input, 'fix.heading'), changeLines(input)),
    ...block(say(input, 'next'), [nextLine(input), ...remedyLines(input)]),
    ...block(say(input, 'session'), [`${session.header?.session_id ?? '?'}  ${say(input, 'root')} ${session.root}`]),
    '',
  ].join('\n');
};
