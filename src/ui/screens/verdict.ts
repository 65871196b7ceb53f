import type { Candidate, Verdict } from '../../domain/verdict.js';
import { statementOf } from '../../report/candidate.js';
import { goOnCommand, residualTitles } from '../../report/residual.js';
import { causeTitle, findingSentence, reasonText } from '../../report/sentence.js';
import { sharingLines } from '../../report/sharing.js';
import { endsOf, reportInput, titleOf } from '../facts.js';
import { bodyHeight } from '../frame.js';
import { glyphsOf } from '../marks.js';
import { beside, blank, hanging, paragraph, type Row, row, span, widthOf } from '../row.js';
import { panesOf, type View } from '../view.js';
import { pathPanel } from './path.js';
import { remedyList, remedyRows } from './remedy.js';
import { stateSpans } from './trail.js';

interface Judged {
  readonly view: View;
  readonly verdict: Verdict;
  readonly width: number;
}

const stateOf = { fault: 'fail', healthy: 'pass', inconclusive: 'unsure' } as const;

const causeName = (view: View, id: string) => `${id} ${causeTitle(reportInput(view), id)}`;

/** Number of the last finding of a check at a node, as the trail counts. */
const numberOf = ({ look }: View, node: string, check: string) => {
  const at =
    look?.trail.findLastIndex((finding) => finding.check === check && (node === '' || finding.node === node)) ?? -1;
  return at < 0 ? '' : `#${at + 1}`;
};

/** The sentence that the eye must find first, and how far it can be believed. */
const headRows = ({ view, verdict, width }: Judged): Row[] => {
  const { say, appearance } = view;
  const [best] = verdict.causes;
  const label: Row = [span(' '), ...stateSpans(view, stateOf[verdict.result]), span(' ')];
  const sentence =
    verdict.result === 'fault' && best ? statementOf(reportInput(view), best) : say(`ui.verdict.${verdict.result}`);
  const indent = widthOf(label, appearance.wide);
  const certainty =
    best && verdict.result === 'fault'
      ? say('ui.verdict.certainty', { id: best.id, certainty: say(`report.certainty.${best.certainty}`) })
      : '';
  return [
    ...hanging(label, sentence, { width, tone: 'strong', wide: appearance.wide }),
    ...(certainty ? paragraph(certainty, width, { indent, wide: appearance.wide }) : []),
    ...(best && verdict.result === 'fault'
      ? best.capped.flatMap((word) => paragraph(say(`report.capped.${word}`), width, { indent, wide: appearance.wide }))
      : []),
  ];
};

/** How the tree ended, when that is not what all findings together say. */
const disagreementRows = ({ view, verdict, width }: Judged): Row[] => {
  const { tree, causes, result } = verdict;
  const [best] = causes;
  const same = typeof tree === 'string' ? tree === result || tree === 'stopped' : tree.cause === best?.id;
  if (same) return [];
  const ended = typeof tree === 'string' ? view.say(`ui.tree.${tree}`) : causeName(view, tree.cause);
  const weighed = best ? causeName(view, best.id) : view.say(`report.word.${result}`);
  return hanging([span(' ! ', 'warn')], view.say('report.verdict.disagree', { tree: ended, weighed }), {
    width,
    wide: view.appearance.wide,
  });
};

const becauseRows = ({ view, verdict, width }: Judged): Row[] => {
  const [best] = verdict.causes;
  const grounds = best?.grounds.filter(({ weight }) => weight !== 'refuting') ?? [];
  if (!best || grounds.length === 0 || verdict.result !== 'fault') return [];
  const input = reportInput(view);
  const digits = Math.max(...grounds.map(({ check, node }) => numberOf(view, node, check).length), 3);
  return [
    row(` ${view.say('report.because')}`, 'strong'),
    ...grounds.flatMap(({ check, node }) => {
      const finding = view.look?.trail.findLast((item) => item.check === check && item.node === node);
      if (!finding) return [];
      const proof = finding.evidence.length > 0 ? ` (${finding.evidence.join(', ')})` : '';
      const label: Row = [span(`   ${numberOf(view, node, check).padEnd(digits + 1)}`)];
      return hanging(label, `${findingSentence(input, finding)}${proof}`, { width, wide: view.appearance.wide });
    }),
  ];
};

const otherRows = ({ view, verdict, width }: Judged): Row[] => {
  const others = verdict.result === 'fault' ? verdict.causes.slice(1) : verdict.causes;
  if (others.length === 0) return [];
  return [
    row(` ${view.say(verdict.result === 'fault' ? 'ui.verdict.others' : 'ui.verdict.possible')}`, 'strong'),
    ...others.flatMap((candidate: Candidate) => {
      const label = view.say('ui.verdict.other', {
        id: candidate.id,
        certainty: view.say(`report.certainty.${candidate.certainty}`),
      });
      return hanging([span(`   ${label}  `)], statementOf(reportInput(view), candidate), {
        width,
        wide: view.appearance.wide,
      });
    }),
  ];
};

/** Several short things on as few lines as they need, after their heading. */
const inline = (heading: string, words: readonly string[], { view, width }: Judged): Row[] =>
  words.length === 0
    ? []
    : hanging([span(` ${heading}`, 'strong'), span('  ')], words.join(view.say('ui.list.separator')), {
        width,
        wide: view.appearance.wide,
      });

const ruledOutRows = (judged: Judged): Row[] => {
  const { view, verdict } = judged;
  const words = verdict.ruledOut.map(({ id, by }) => {
    const [node = '', check = ''] = by.split('/');
    const name = panesOf(view.size) === 3 ? causeName(view, id) : id;
    return `${name} ${numberOf(view, node, check)}`.trim();
  });
  return inline(view.say('report.ruled-out'), words, judged);
};

const notCheckedRows = (judged: Judged): Row[] => {
  const { view, verdict } = judged;
  const byReason = Map.groupBy(verdict.notChecked, ({ reason }) => reasonText(reportInput(view), reason));
  const words = [...byReason].map(
    ([reason, items]) => `${items.map(({ check }) => titleOf(view, check)).join(', ')} (${reason})`,
  );
  return inline(view.say('report.not-checked'), words, judged);
};

const nextRows = (judged: Judged): Row[] => {
  const { view, verdict } = judged;
  return verdict.next === undefined ? [] : inline(view.say('ui.verdict.next'), [titleOf(view, verdict.next)], judged);
};

/** What the verdict leaves open, and the command that goes on with it. */
const residualRows = (judged: Judged): Row[] => {
  const { view, width } = judged;
  const input = reportInput(view);
  const command = goOnCommand(input);
  const titles = inline(view.say('report.unexplained'), residualTitles(input), judged);
  if (titles.length === 0 || !command) return titles;
  return [...titles, ...hanging([span('   m  ')], command, { width, wide: view.appearance.wide })];
};

/** Whom else it concerns, on as few lines as it takes. */
const sharingRows = (judged: Judged): Row[] =>
  inline(
    judged.view.say('report.sharing'),
    [sharingLines(reportInput(judged.view)).join('; ')].filter(Boolean),
    judged,
  );

const savedRows = ({ view, width }: Judged): Row[] => {
  const saved = view.saved();
  if (!saved) return [];
  const root = (saved.root.match(/.{4}/g) ?? []).slice(0, 4).join(' ');
  return hanging(
    [span(` ${view.say('ui.saved')}`, 'strong'), span('  ')],
    view.say('ui.saved.where', { id: saved.id, folder: saved.folder, root }),
    { width, wide: view.appearance.wide },
  );
};

const joined = (sections: readonly Row[][], gaps = sections.length): Row[] =>
  sections
    .filter((section) => section.length > 0)
    .flatMap((section, at) => (at === 0 || at > gaps ? section : [blank, ...section]));

/** Where the screen is short, the blank rows give way before anything that is said. */
const fitting = (sections: readonly Row[][], height: number): Row[] => {
  const loose = joined(sections);
  return loose.length <= height ? loose : joined(sections, 1);
};

const evidenceSections = (judged: Judged): Row[][] => [
  becauseRows(judged),
  otherRows(judged),
  residualRows(judged),
  sharingRows(judged),
  [...ruledOutRows(judged), ...notCheckedRows(judged), ...nextRows(judged)],
];

/** What speaks for the verdict, and below it the way of the packets where the screen has room for it. */
const withPath = (judged: Judged, height: number): Row[] => {
  const said = joined(evidenceSections(judged));
  const room = height - said.length - 1;
  const path = pathPanel(judged.view, { width: judged.width, height: room });
  return path.length > 0 && path.length <= room ? [...said, blank, ...path] : said;
};

export const verdictTitle = (view: View): Row[] =>
  view.look ? [row(` ${view.say('ui.flow', endsOf(view.look))}`, 'strong')] : [];

/** All rows of the verdict; the screen shows a window of them. */
export const verdictRows = (view: View): Row[] => {
  const verdict = view.look?.verdict;
  if (!verdict) return [];
  const width = view.size.columns - 1;
  const whole: Judged = { view, verdict, width };
  const head = [...headRows(whole), ...disagreementRows(whole)];
  if (panesOf(view.size) < 3) {
    const sections = [
      head,
      becauseRows(whole),
      remedyList(view, whole.width),
      ...evidenceSections(whole).slice(1),
      savedRows(whole),
    ];
    return fitting(sections, bodyHeight(view, 1));
  }
  const left: Judged = { ...whole, width: Math.floor(width * 0.56) };
  const right: Judged = { ...whole, width: width - left.width - 3 };
  const panes = [
    { rows: withPath(left, bodyHeight(view, 1) - head.length - 1), width: left.width },
    {
      rows: joined([remedyList(view, right.width), savedRows(right), remedyRows(view, right.width)]),
      width: right.width,
    },
  ];
  const height = Math.max(...panes.map(({ rows }) => rows.length));
  return [...head, blank, ...beside(panes, height, { bar: glyphsOf(view.appearance).bar, wide: view.appearance.wide })];
};

/** A session that ended before it could judge. */
export const failedRows = (view: View): Row[] => {
  const { look, say, size, appearance } = view;
  const width = size.columns - 1;
  const failure = look?.failure;
  const label: Row = [span(' '), ...stateSpans(view, 'error'), span(' ')];
  return joined([
    hanging(label, failure ? failure.message : say('ui.failed.stopped'), {
      width,
      tone: 'strong',
      wide: appearance.wide,
    }),
    paragraph(say(failure ? 'ui.failed.what-now' : 'ui.failed.nothing-judged'), width, {
      indent: 3,
      wide: appearance.wide,
    }),
  ]);
};
