import { sanitise } from '../../clean/sanitise.js';
import type { Candidate } from '../../domain/verdict.js';
import type { ReportInput } from '../catalog.js';
import { pathDrawing } from '../path-drawing.js';
import { plain } from '../plain.js';
import { decidingLines } from '../rule-drawing.js';
import { say } from '../say.js';
import { causeTitle, checkTitle, findingSentence, lastFinding } from '../sentence.js';
import { keptHistory, lastRecording, type ShownChart } from '../series-drawing.js';
import { verdictLine } from '../words.js';
import { type Block, bullets, paragraph, proven, type Section, todo } from './block.js';
import { stationsOf } from './way.js';

const groundLines = (input: ReportInput, { grounds }: Candidate) =>
  grounds.map(({ check, node, weight }) => {
    const finding = lastFinding(input, check, node);
    const sentence = finding ? findingSentence(input, finding) : checkTitle(input, check);
    return proven(`${say(input, `weight.${weight}`)}: ${sentence}`, finding?.evidence);
  });

/** The tree says where to look, the weighing what to believe; a reader has to see when they part. */
const disagreement = (input: ReportInput): Block[] => {
  const { verdict } = input.session;
  if (!verdict || verdict.tree === 'stopped') return [];
  const weighed = verdict.result === 'fault' ? (verdict.causes[0]?.id ?? 'fault') : verdict.result;
  const tree = typeof verdict.tree === 'string' ? verdict.tree : verdict.tree.cause;
  if (tree === weighed) return [];
  const name = (word: string) =>
    word in input.catalog.causes ? `${word} ${causeTitle(input, word)}` : say(input, `word.${word}`);
  return [paragraph(say(input, 'verdict.disagree', { tree: name(tree), weighed: name(weighed) }))];
};

const best = (input: ReportInput): Block[] => {
  const candidate = input.session.verdict?.causes[0];
  if (!candidate) return [];
  const certainty = say(input, `certainty.${candidate.certainty}`);
  const capped = candidate.capped.map((why) => say(input, `capped.${why}`));
  // What is merely possible is no fault of anybody.
  const key = input.session.verdict?.result === 'fault' ? 'verdict.subject' : 'verdict.suspect';
  return [
    paragraph(say(input, key, { subject: candidate.subject, certainty, id: candidate.id })),
    ...(candidate.grounds.length > 0
      ? [paragraph(`${say(input, 'because')}:`), bullets(groundLines(input, candidate))]
      : []),
    ...(capped.length > 0 ? [paragraph(`${say(input, 'verdict.capped')}:`), bullets(capped)] : []),
  ];
};

const drawing = (title: string, lines: readonly string[]): Block[] =>
  lines.length > 0 ? [paragraph(`${title}:`), { kind: 'drawing', lines }] : [];

const way = (input: ReportInput): Block[] => {
  const stations = stationsOf(input);
  return stations.length > 0 ? [paragraph(`${say(input, 'way.heading')}:`), { kind: 'way', stations }] : [];
};

const tracedPath = (input: ReportInput) => {
  const traces = input.session.findings.map(({ facts }) => pathDrawing(input, facts));
  return drawing(say(input, 'path.heading'), (traces.findLast(({ length }) => length > 0) ?? []).map(plain));
};

const chartBlock = (title: string, shown: ShownChart | undefined): Block[] =>
  shown ? [{ kind: 'series', chart: shown.chart, title, lines: shown.lines.map((line) => sanitise(line)) }] : [];

const series = (input: ReportInput): Block[] => [
  ...chartBlock(say(input, 'series.heading'), lastRecording(input.session.findings)),
  ...chartBlock(say(input, 'history.heading'), keptHistory(input.session.findings)),
];

export const verdict: Section = {
  key: 'section.verdict',
  blocks: (input) => [
    paragraph([{ strong: verdictLine(input) }]),
    ...best(input),
    ...way(input),
    ...tracedPath(input),
    ...series(input),
    ...drawing(say(input, 'rule.heading'), decidingLines(input.session.findings)),
    ...disagreement(input),
    todo(input, 'verdict.trigger', 'verdict.factors'),
  ],
};
