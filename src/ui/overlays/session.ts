import { isStepNode, type Target } from '../../domain/runbook.js';
import { byHand, nodeTitle, targetWords, titleOf } from '../facts.js';
import { glyphsOf } from '../marks.js';
import { blank, hanging, paragraph, type Row, row, span } from '../row.js';
import { stateSpans } from '../screens/trail.js';
import { remediesShown } from '../screens/verdict.js';
import { subjectOf } from '../subject.js';
import type { View } from '../view.js';
import { wrapCommand } from '../wrap.js';

const routeRows = (view: View, routes: readonly [string, Target][], width: number): Row[] =>
  routes.flatMap(([outcome, target]) =>
    hanging([span(`        ${outcome || '-'} ${glyphsOf(view.appearance).arrow} `)], targetWords(view, target), { width, wide: view.appearance.wide }),
  );

/** The whole tree, with what was found at each node and where the walk is. */
export const treeRows = (view: View, width: number): Row[] => {
  const { look, say } = view;
  const book = look?.runbook;
  if (!book) return [];
  const here = look.asking?.node ?? look.current?.node;
  const found = new Map(look.trail.map((finding) => [finding.node, finding]));
  return [
    row(` ${book.title[view.language]}`, 'strong'),
    ...Object.entries(book.nodes).flatMap(([name, node]): Row[] => {
      const finding = found.get(name);
      const mark = name === here ? ` ${glyphsOf(view.appearance).pointer} ` : '   ';
      const title: Row = [
        span(mark),
        ...stateSpans(view, finding?.result ?? (name === here ? 'run' : 'wait')),
        span(` ${nodeTitle(view, name)}`, name === here ? 'strong' : 'plain'),
        ...(name === here ? [span('  '), span(say('ui.tree.here'), 'selected')] : []),
      ];
      if (finding && isStepNode(node)) {
        const target = node.on[finding.outcome] ?? node.otherwise;
        return [title, ...routeRows(view, [[finding.outcome, target]], width)];
      }
      return name === here ? [title, ...routeRows(view, [...Object.entries(node.on), ['', node.otherwise]], width)] : [title];
    }),
  ];
};

/** What was asked of the cluster, as lines a person would type. */
export const commandsRows = (view: View, width: number): Row[] => {
  const { look, say, appearance } = view;
  if (!look) return [];
  return [
    ...paragraph(say('ui.cost', { ...look.cost }), width, { indent: 1, wide: appearance.wide }),
    ...look.trail.flatMap((finding, at): Row[] => [
      blank,
      [span(` ${at + 1} `, 'strong'), span(titleOf(view, finding.check), 'strong')],
      ...wrapCommand(byHand(view, finding.check, finding), width - 6, appearance.wide).map((line, index) => row(`   ${index === 0 ? '$ ' : '  '}${line}`)),
    ]),
  ];
};

const command = (view: View, label: string, line: string, width: number): Row[] => [
  blank,
  row(` ${label}`, 'strong'),
  ...wrapCommand(line, width - 6, view.appearance.wide).map((part, at) => row(`   ${at === 0 ? '$ ' : '  '}${part}`)),
];

/** One way out, as text: what to look at before, what to type, and the way back. */
export const remedyRows = (view: View, width: number): Row[] => {
  const remedy = remediesShown(view)[view.ui.chosen];
  if (!remedy) return [];
  const { say, appearance } = view;
  return [
    row(` ${remedy.title}`, 'strong'),
    ...paragraph(`${say(`ui.severity.${remedy.severity}`)}. ${remedy.effect}`, width, { indent: 1, wide: appearance.wide }),
    ...paragraph(say('ui.remedies.text-only'), width, { indent: 1, wide: appearance.wide }),
    ...command(view, say('report.remedy.precheck'), remedy.precheck, width),
    ...command(view, say('report.remedy.command'), remedy.command, width),
    ...(remedy.rollback.trim() === '' ? [blank, row(` ${say('ui.undo.no')}`, 'strong')] : command(view, say('report.undo'), remedy.rollback, width)),
    blank,
    row(` ${say('report.remedy.verify')}`, 'strong'),
    ...remedy.verify.map((check) => row(`   ${titleOf(view, check)}`)),
  ];
};

/** Where the copy key would take its line from. */
export const commandShown = (view: View): string => {
  const subject = subjectOf(view);
  if (view.ui.overlay === 'remedy') return remediesShown(view)[view.ui.chosen]?.command ?? '';
  return subject ? byHand(view, subject.check, subject.finding) : '';
};
