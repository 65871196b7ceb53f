import type { AccessOf } from '../../machines/access-of.js';
import { padded } from '../cell.js';
import { seconds } from '../clock-text.js';
import type { Earlier, Seen } from '../first-look.js';
import { glyphsOf } from '../marks.js';
import { fitted, hanging, paragraph, type Row, row, selectedRow, span, spread } from '../row.js';
import { symptomOff, symptoms } from '../symptoms.js';
import type { View } from '../view.js';
import { stateSpans } from './trail.js';

const wayOn = (view: View, { symptom }: Seen): string => {
  const { say, appearance } = view;
  if (symptom === undefined || symptomOff(symptom, view)) return '';
  return ` ${glyphsOf(appearance).arrow} ${say('ui.seen.try', { number: symptoms.indexOf(symptom) + 1 })} `;
};

const seenRow = (view: View, seen: Seen, { width, most }: { width: number; most: number }): Row[] => {
  const { wide } = view.appearance;
  const label: Row = [span('   '), ...stateSpans(view, seen.result), span(' ')];
  const way = wayOn(view, seen);
  const sentence = view.say(`ui.seen.${seen.key}`, seen.facts);
  const room = width - way.length;
  const lines = most === 1 ? [[...label, span(sentence)]] : hanging(label, sentence, { width: room, wide });
  return lines.map((line, at) => (at === 0 ? spread(line, row(way, 'strong'), { width, wide }) : line));
};

/** Rows from which on a sentence may go on in the next one. */
const loose = 8;

/** What the sweep has shown so far, worst first, in at most `height` rows. */
export const seenRows = (view: View, width: number, height: number): Row[] => {
  const { say, ui } = view;
  const heading = (note: string): Row => [span(` ${say('ui.seen')}`, 'strong'), span(` (${note})`)];
  if (ui.sweeping) return [heading(say('ui.seen.looking'))].slice(0, height);
  if (!ui.firstLook) return [];
  const { seen, tookMs } = ui.firstLook;
  const title = heading(say('ui.seen.took', { time: seconds(tookMs) }));
  const rows: Row[] = [title];
  for (const [at, item] of seen.entries()) {
    const next = seenRow(view, item, { width, most: height < loose ? 1 : 3 });
    const isLast = at === seen.length - 1;
    if (rows.length + next.length > height - (isLast ? 0 : 1)) {
      rows.push(row(`   ${say('ui.seen.more', { count: seen.length - at })}`));
      break;
    }
    rows.push(...next);
  }
  return height < 2 ? [] : rows;
};

const answerWords = ({ say }: View, { level, answer, allowed, all }: AccessOf) => ({
  level: say(`ui.access.level.${level}`),
  answer: say(`ui.access.answer.${answer}`),
  count: all === 0 ? say('ui.access.no-check') : say('ui.access.of', { allowed, all }),
});

/** `list endpointslices.discovery.k8s.io in shop` without what the reader of one line can do without. */
const shortRight = (right: string) => right.replace(/ in .*$/, '').replace(/\..*$/, '');

/** The levels on one line. */
export const accessLine = (view: View, width: number): Row[] => {
  const access = view.ui.firstLook?.access ?? [];
  if (access.length === 0) return [];
  const { say } = view;
  const words = access.map((item) => {
    const { level, answer, count } = answerWords(view, item);
    const [missing] = item.answer === 'no' || item.answer === 'partly' ? item.missing : [];
    if (missing) return `${level} ${answer}: ${shortRight(missing)}`;
    return item.all === 0 ? `${level} ${answer}` : `${level} ${answer} (${count})`;
  });
  const line: Row = [span(` ${say('ui.access.short')}`, 'strong'), span(`  ${words.join('   ')}`)];
  return [fitted(line, width, view.appearance.wide)];
};

/** A row for each level, with the rights that are missing. */
export const accessRows = (view: View, width: number): Row[] => {
  const { say, ui, appearance } = view;
  const { wide } = appearance;
  const access = ui.firstLook?.access ?? [];
  if (access.length === 0) return [];
  return [
    row(` ${say('ui.access.short')}`, 'strong'),
    ...access.flatMap((item) => {
      const { level, answer, count } = answerWords(view, item);
      const missing = item.missing.length > 0 ? `. ${say('ui.access.missing', { rights: [...item.missing] })}` : '';
      const label: Row = [span(`   ${padded(level, 9, wide)}`), span(padded(answer, 9, wide), 'strong')];
      return hanging(label, `${count}${missing}`, { width, wide });
    }),
  ];
};

const noteOf = ({ say }: View, { state, note }: Earlier) => (note === '' ? say(`ui.earlier.${state}`) : note);

const earlierRow = (view: View, at: number, width: number): Row => {
  const { ui, appearance } = view;
  const item = ui.earlier[at];
  if (!item) return [];
  const isChosen = ui.focus === 'sessions' && ui.chosen === at;
  const pointer = isChosen ? glyphsOf(appearance).pointer : ' ';
  const line = [span(` ${pointer} ${at + 1}  ${item.id}  `), span(noteOf(view, item))];
  return isChosen ? selectedRow(line, width, appearance.wide) : fitted(line, width, appearance.wide);
};

/** Sessions that were kept, in at most `height` rows; the chosen one among them. */
export const earlierRows = (view: View, width: number, height: number): Row[] => {
  const { say, ui, appearance } = view;
  const { wide } = appearance;
  if (ui.earlier.length === 0 || height < 1) return [];
  const title: Row = [span(` ${say('ui.earlier')}`, 'strong')];
  const [newest] = ui.earlier;
  if (height === 1)
    return [fitted([...title, span(`  1  ${newest?.id}  ${newest ? noteOf(view, newest) : ''}`)], width, wide)];
  const count = Math.min(height - 1, ui.earlier.length);
  const first = Math.max(0, Math.min(ui.chosen - count + 1, ui.earlier.length - count));
  return [
    spread(title, [span(say('ui.earlier.how')), span(' ')], { width, wide }),
    ...Array.from({ length: count }, (_, at) => earlierRow(view, first + at, width)),
  ];
};

/** Before anything was asked of the cluster: what will be. */
export const safeRows = (view: View, width: number): Row[] =>
  view.ui.firstLook || view.ui.sweeping
    ? []
    : paragraph(view.say('ui.intake.safe'), width, { indent: 1, wide: view.appearance.wide });
