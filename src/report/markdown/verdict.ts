import { escapeMarkdown } from '../../clean/escape.js';
import type { Candidate } from '../../domain/verdict.js';
import type { ReportInput } from '../catalog.js';
import { say } from '../say.js';
import { causeTitle, checkTitle, findingSentence, lastFinding } from '../sentence.js';
import { verdictLine } from '../words.js';
import { bullets, evidenceLinks, type Section, text, todos } from './page.js';
import { tracedPath } from './path.js';

const groundLines = (input: ReportInput, { grounds }: Candidate) =>
  grounds.map(({ check, node, weight }) => {
    const finding = lastFinding(input, check, node);
    const sentence = escapeMarkdown(finding ? findingSentence(input, finding) : checkTitle(input, check));
    const links = finding ? evidenceLinks(input, finding.evidence) : '';
    return `${text(input, `weight.${weight}`)}: ${sentence}${links && ` (${links})`}`;
  });

const cappedLines = (input: ReportInput, { capped }: Candidate) => capped.map((why) => text(input, `capped.${why}`));

/** The tree says where to look, the weighing what to believe; a reader has to see when they part. */
const disagreement = (input: ReportInput) => {
  const { verdict } = input.session;
  if (!verdict || verdict.tree === 'stopped') return [];
  const weighed = verdict.result === 'fault' ? (verdict.causes[0]?.id ?? 'fault') : verdict.result;
  const tree = typeof verdict.tree === 'string' ? verdict.tree : verdict.tree.cause;
  if (tree === weighed) return [];
  const name = (word: string) =>
    word in input.catalog.causes ? `${word} ${causeTitle(input, word)}` : say(input, `word.${word}`);
  return [text(input, 'verdict.disagree', { tree: name(tree), weighed: name(weighed) })];
};

const best = (input: ReportInput): string[] => {
  const candidate = input.session.verdict?.causes[0];
  if (!candidate) return [];
  const capped = cappedLines(input, candidate);
  return [
    text(input, 'verdict.subject', {
      subject: candidate.subject,
      certainty: say(input, `certainty.${candidate.certainty}`),
    }),
    ...(candidate.grounds.length > 0 ? [`${text(input, 'because')}:`, bullets(groundLines(input, candidate))] : []),
    ...(capped.length > 0 ? [`${text(input, 'verdict.capped')}:`, bullets(capped)] : []),
  ];
};

export const verdict: Section = {
  key: 'section.verdict',
  blocks: (input) => [
    `**${escapeMarkdown(verdictLine(input))}**`,
    ...best(input),
    ...tracedPath(input),
    ...disagreement(input),
    todos(input, 'verdict.trigger', 'verdict.factors'),
  ],
};
