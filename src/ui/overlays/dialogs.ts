import uFuzzy from '@leeoniya/ufuzzy';
import { dangersIn } from '../../domain/dangers.js';
import { isStepNode } from '../../domain/runbook.js';
import { dangerLine } from '../../report/danger.js';
import { padded } from '../cell.js';
import { reportInput, targetWords } from '../facts.js';
import { emptyField, fieldSpan } from '../field.js';
import { labelOf, situationOf } from '../footer.js';
import { glyphsOf } from '../marks.js';
import { type Offered, offered, shownKey } from '../offered.js';
import { blank, hanging, paragraph, type Row, row, selectedRow, span } from '../row.js';
import { stateSpans } from '../screens/trail.js';
import { subjectOf } from '../subject.js';
import { typedCommand } from '../typed-cause.js';
import type { View } from '../view.js';

const fuzzy = new uFuzzy({
  unicode: true,
  interSplit: "[^\\p{L}\\d']+",
  intraSplit: '\\p{Ll}\\p{Lu}',
  intraBound: '\\p{L}\\d|\\d\\p{L}',
  intraChars: "[\\p{L}\\d']",
  intraContr: "'\\p{L}{1,2}\\b",
});

/** The number that follows the typed words, as in `resume 2`. */
export const paletteNumber = ({ ui }: View) => /\s(\d+)\s*$/.exec(ui.field?.value ?? '')?.[1];

/** What means nothing without its key, and the palette itself. */
const byKeyAlone = new Set<string>(['palette', 'choose', 'accept', 'guess']);

/** Actions that the typed words mean, best first. Moving is not something to look up. */
export const paletteItems = (view: View): Offered[] => {
  const items = offered(situationOf(view)).filter(({ group, id }) => group !== 'move' && !byKeyAlone.has(id));
  const wanted = typedCommand(view);
  if (wanted === '') return items;
  const haystack = items.map((item) => `${labelOf(view, item)} ${item.id} ${view.say(`ui.does.${item.id}`)}`);
  const [, info, order] = fuzzy.search(haystack, wanted);
  return order && info ? order.flatMap((at) => items[info.idx[at] ?? -1] ?? []) : [];
};

/** What the copy menu offers, in the order of its digits. */
export const copyItems = ['summary', 'finding', 'folder', 'root'] as const;

/** Outcomes of the node under review, that an override can choose. */
export const overrideItems = (view: View): string[] => {
  const subject = subjectOf({ ...view, ui: { ...view.ui, trailAt: null } });
  const node = subject && view.look?.runbook?.nodes[subject.node];
  return node && isStepNode(node) ? Object.keys(node.on) : [];
};

/** The rows of one item of a list; those of the chosen one are marked. */
const item = (view: View, at: number, lines: Row[]) =>
  view.ui.chosen === at ? lines.map((line) => selectedRow(line, view.size.columns - 2, view.appearance.wide)) : lines;

const pointerAt = (view: View, at: number) => (view.ui.chosen === at ? glyphsOf(view.appearance).pointer : ' ');

const typed = (view: View, label: string, width: number): Row => [
  span(` ${label} `, 'strong'),
  fieldSpan(view.ui.field ?? emptyField, Math.max(10, Math.min(70, width - 14)), {
    focused: true,
    wide: view.appearance.wide,
  }),
];

export const paletteRows = (view: View, width: number): Row[] => [
  typed(view, ':', width),
  blank,
  ...paletteItems(view).flatMap((action, at) => {
    const note = action.reason
      ? view.say('ui.palette.off', { reason: view.say(action.reason) })
      : view.say(`ui.does.${action.id}`);
    const label: Row = [
      span(
        ` ${pointerAt(view, at)} ${padded(shownKey(action), 8)}${padded(labelOf(view, action), 16, view.appearance.wide)}`,
      ),
    ];
    return item(view, at, hanging(label, note, { width, wide: view.appearance.wide }));
  }),
];

export const copyRows = (view: View): Row[] => [
  row(` ${view.say('ui.copy.what')}`, 'strong'),
  ...copyItems.flatMap((name, at) =>
    item(view, at, [row(` ${pointerAt(view, at)} ${at + 1}  ${view.say(`ui.copy.${name}`)}`)]),
  ),
];

export const noteRows = (view: View, width: number): Row[] => [
  typed(view, view.say('ui.note.label'), width),
  blank,
  ...paragraph(view.say('ui.note.hint'), width, { indent: 1, wide: view.appearance.wide }),
  ...dangersIn(view.ui.field?.value ?? '').flatMap((id) => [
    blank,
    ...paragraph(dangerLine(reportInput(view), id), width, { indent: 1, tone: 'warn', wide: view.appearance.wide }),
  ]),
];

/** First the outcome to go by, then the reason that the report will quote. */
export const overrideRows = (view: View, width: number): Row[] => {
  const { say, look, ui, appearance } = view;
  const { wide } = appearance;
  const subject = subjectOf({ ...view, ui: { ...ui, trailAt: null } });
  const node = subject && look?.runbook?.nodes[subject.node];
  const outcomes = overrideItems(view);
  const chosen = outcomes[ui.chosen] ?? '';
  const reason = [
    ...paragraph(say('ui.override.chosen', { outcome: chosen }), width, { indent: 1, wide }),
    blank,
    typed(view, say('ui.override.reason'), width),
    blank,
    ...paragraph(say('ui.override.required'), width, { indent: 1, wide }),
  ];
  const list = outcomes.flatMap((outcome, at) => {
    const state = view.catalog.steps[subject?.check ?? '']?.step.outcomes[outcome] ?? 'error';
    const label: Row = [
      span(` ${pointerAt(view, at)} ${at < 9 ? at + 1 : ' '}  `),
      ...stateSpans(view, state),
      span(` ${outcome} ${glyphsOf(appearance).arrow} `),
    ];
    return item(view, at, hanging(label, targetWords(view, node?.on[outcome] ?? ''), { width, wide }));
  });
  return [row(` ${say('ui.override.which')}`, 'strong'), blank, ...(ui.field ? reason : list)];
};

/** An answer for which the name of what it is about is typed: Enter alone never gives it. */
export const confirmRows = (view: View, width: number): Row[] => {
  const { say, look, language, appearance } = view;
  const { wide } = appearance;
  const question = look?.asking?.question;
  if (!question?.typed) return [];
  return [
    ...paragraph(question.ask[language], width, { indent: 1, tone: 'strong', wide }),
    blank,
    typed(view, say('ui.confirm.label'), width),
    blank,
    ...paragraph(say('ui.confirm.hint', { name: question.typed.name }), width, { indent: 1, wide }),
  ];
};
