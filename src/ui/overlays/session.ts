import type { Finding } from '../../domain/finding.js';
import { isStepNode, type RunbookNode, type Target } from '../../domain/runbook.js';
import type { RanCommand, SessionLook } from '../../machines/look.js';
import { seconds } from '../clock-text.js';
import { byHand, costWords, nodeTitle, targetWords, titleOf } from '../facts.js';
import { glyphsOf } from '../marks.js';
import { blank, hanging, paragraph, type Row, row, span } from '../row.js';
import { remediesShown } from '../screens/remedy.js';
import { stateSpans } from '../screens/trail.js';
import { subjectOf } from '../subject.js';
import type { View } from '../view.js';
import { wrapCommand } from '../wrap.js';

const routeRows = (view: View, routes: readonly [string, Target][], width: number): Row[] =>
  routes.flatMap(([outcome, target]) =>
    hanging([span(`        ${outcome || '-'} ${glyphsOf(view.appearance).arrow} `)], targetWords(view, target), {
      width,
      wide: view.appearance.wide,
    }),
  );

interface Place {
  readonly name: string;
  readonly node: RunbookNode;
  readonly finding: Finding | undefined;
  readonly isHere: boolean;
}

/** The way that was taken; where the walk stands, every way there is. */
const routesAt = ({ node, finding, isHere }: Place): [string, Target][] => {
  if (finding && isStepNode(node)) return [[finding.outcome, node.on[finding.outcome] ?? node.otherwise]];
  return isHere ? [...Object.entries(node.on), ['', node.otherwise]] : [];
};

/** Once the walk has ended, what it did not visit no longer waits. */
const stateAt = (view: View, { finding, isHere }: Place): Row => {
  if (!finding && !isHere && view.look?.phase !== 'walking') return [span(' '.repeat(8))];
  return stateSpans(view, finding?.result ?? (isHere ? 'run' : 'wait'));
};

const placeRows = (view: View, place: Place, width: number): Row[] => {
  const { name, isHere } = place;
  const pointer = isHere ? glyphsOf(view.appearance).pointer : ' ';
  const here: Row = isHere ? [span('  '), span(view.say('ui.tree.here'), 'marked')] : [];
  const title = span(` ${nodeTitle(view, name)}`, isHere ? 'strong' : 'plain');
  return [
    [span(` ${pointer} `), ...stateAt(view, place), title, span(`  (${name})`), ...here],
    ...routeRows(view, routesAt(place), width),
  ];
};

/** The whole tree, with what was found at each node and where the walk is. */
export const treeRows = (view: View, width: number): Row[] => {
  const { look } = view;
  const book = look?.runbook;
  if (!book) return [];
  const here = look.asking?.node ?? look.current?.node;
  const found = new Map(look.trail.map((finding) => [finding.node, finding]));
  return [
    row(` ${book.title[view.language]}`, 'strong'),
    ...Object.entries(book.nodes).flatMap(([name, node]) =>
      placeRows(view, { name, node, finding: found.get(name), isHere: name === here }, width),
    ),
  ];
};

/** The row of the tree where the walk stands; the first one after it has ended. */
export const rowOfHere = (view: View): number =>
  Math.max(
    0,
    treeRows(view, view.size.columns - 2).findIndex((line) => line.some(({ tone }) => tone === 'marked')),
  );

const quoted = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`);

/** A program as a line for a shell; a request of the API is its method and its path. */
const lineRows = (view: View, { where, argv }: RanCommand, width: number): Row[] => {
  const { wide } = view.appearance;
  if (where === 'api') return paragraph(argv.join(' '), width, { indent: 3, wide });
  const line = argv.map(quoted).join(' ');
  return wrapCommand(line, width - 6, wide).map((text, at) => row(`   ${at === 0 ? '$ ' : '  '}${text}`));
};

const ranRows = (view: View, command: RanCommand, width: number): Row[] => {
  const { where, exitCode, durationMs, refused } = command;
  const end = refused ?? (exitCode === null ? '' : view.say('ui.commands.exit', { code: exitCode }));
  const note = [where, seconds(durationMs), end].filter((part) => part !== '').join('   ');
  return [...lineRows(view, command, width), row(`     ${note}`)];
};

const allCommandRows = (view: View, look: SessionLook, width: number): Row[] => {
  const ranAt = Map.groupBy(look.commands, ({ node, run }) => `${node}.${run}`);
  return [
    ...paragraph(costWords(view, look), width, { indent: 1, wide: view.appearance.wide }),
    ...look.trail.flatMap((finding, at): Row[] => [
      blank,
      [span(` ${at + 1} `, 'strong'), span(titleOf(view, finding.check), 'strong')],
      ...(ranAt.get(`${finding.node}.${finding.run}`)?.flatMap((command) => ranRows(view, command, width)) ?? [
        row(`   ${view.say('ui.commands.none')}`),
      ]),
    ]),
  ];
};

const drawn = new WeakMap<SessionLook, Pick<View, 'language'> & { readonly width: number; readonly rows: Row[] }>();

/** Everything that was asked of the outside, check by check, as it was sent. Kept, because it can be very long. */
export const commandsRows = (view: View, width: number): Row[] => {
  const { look, language } = view;
  if (!look) return [];
  const known = drawn.get(look);
  if (known?.width === width && known.language === language) return known.rows;
  const rows = allCommandRows(view, look, width);
  drawn.set(look, { width, language, rows });
  return rows;
};

/** Where the copy key would take its line from. */
export const commandShown = (view: View): string => {
  const subject = subjectOf(view);
  if (view.ui.overlay === 'remedy') return remediesShown(view)[view.ui.chosen]?.command ?? '';
  return subject ? byHand(view, subject.check, subject.finding) : '';
};
