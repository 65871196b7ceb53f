import { stringify } from 'yaml';
import { sanitise } from '../../clean/sanitise.js';
import type { JsonObject } from '../../domain/json.js';
import type { Language } from '../../domain/text.js';
import { decidingPlace } from '../../policy/cluster/deciding-rule.js';
import type { FlowAnswer, Pair } from '../../policy/flow/evaluate.js';
import type { Deciding } from '../../policy/judge/decide.js';
import type { Judgement } from '../../policy/judge/judge.js';
import { type Direction, directions } from '../../policy/model/policy.js';
import { decidingText, nameOf } from './deciding-text.js';
import { reasonText, wordFor } from './reason-text.js';
import type { Manifests } from './resources.js';
import { answerWords } from './words.js';

export interface Around {
  readonly resources: Manifests;
  readonly language: Language;
  /** How what is marked looks besides its mark. */
  readonly emphasis: (text: string) => string;
}

const notes = ({ doubts, remarks }: Pick<Judgement, 'doubts' | 'remarks'>, language: Language) => [
  ...doubts.map((doubt) => `  ${wordFor('because', {}, language)}: ${reasonText(doubt, language)}`),
  ...remarks.map((remark) => `  ${wordFor('note', {}, language)}: ${reasonText(remark, language)}`),
];

/** The answer, a line for each side, and what to bear in mind. */
export const told = (answer: FlowAnswer, language: Language): string[] => [
  answerWords[answer.answer][language],
  ...directions.map((direction) => `  ${decidingText(answer[direction], direction, language)}`),
  ...notes(answer, language),
];

/** Where it is written, and how, with a mark at the lines that decide. */
const decidingLines = (deciding: Deciding, { resources, emphasis }: Around): string[] => {
  const { whereIs, excerptOf, documents } = resources;
  const lines = excerptOf(decidingPlace(documents, deciding));
  const [name, where] = [nameOf(deciding), whereIs(deciding.rule?.place ?? deciding.policy.place)];
  const digits = String(lines.at(-1)?.number ?? 0).length;
  return [
    // A flag, and an object of a cluster, is where it is by its name.
    name.startsWith(where) ? `    ${name}` : `    ${name}  ${where}`,
    ...lines.map(({ number, text, marked }) => {
      const line = `${marked ? '>' : ' '} ${String(number).padStart(digits)} | ${sanitise(text)}`.trimEnd();
      return `      ${marked ? emphasis(line) : line}`;
    }),
  ];
};

const side = (judgement: Judgement, direction: Direction, around: Around): string[] => [
  `  ${decidingText(judgement, direction, around.language)}`,
  ...judgement.by.flatMap((deciding) => decidingLines(deciding, around)),
  ...notes(judgement, around.language).map((line) => `  ${line}`),
];

const pairLines = ({ connection, answer, ...sides }: Pair, around: Around): string[] => {
  const { from, to, protocol, port } = connection;
  return [
    `${from.name} -> ${to.name}:${port}/${protocol.toLowerCase()}: ${answerWords[answer][around.language]}`,
    ...directions.flatMap((direction) => side(sides[direction], direction, around)),
  ];
};

const most = 20;

const changeLines = (changes: readonly JsonObject[], language: Language): string[] => {
  if (changes.length === 0) return [];
  return ['', wordFor('change', {}, language), changes.map((change) => stringify(change).trimEnd()).join('\n---\n')];
};

interface WayOut {
  readonly near: readonly string[];
  readonly changes: readonly JsonObject[];
}

/** Every connection that the flow may be, with both sides, and what would allow it. */
export const explained = (answer: FlowAnswer, { near, changes }: WayOut, around: Around): string[] => [
  ...answer.pairs.slice(0, most).flatMap((pair) => pairLines(pair, around)),
  ...(answer.pairs.length > most ? [`... ${answer.pairs.length - most}`] : []),
  '',
  ...told(answer, around.language),
  ...near.map((line) => `  ${line}`),
  ...changeLines(changes, around.language),
];
