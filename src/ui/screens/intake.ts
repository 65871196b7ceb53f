import { glyphsOf } from '../marks.js';
import { beside, blank, type Row, row, span, spread } from '../row.js';
import { panesOf, type View } from '../view.js';
import { accessLine, accessRows, earlierRows, safeRows, seenRows } from './first-look.js';
import { endRows, symptomRows } from './intake-form.js';

/** Rows below which every one of them counts. */
const comfortable = 18;

const questionRow = (view: View, width: number): Row => {
  const { say, intake, appearance } = view;
  const incident = intake.incident ? say('ui.intake.incident', { id: intake.incident }) : '';
  return spread([span(` ${say('ui.intake.question')}`, 'strong')], row(incident), { width, wide: appearance.wide });
};

const withGap = (rows: readonly Row[]): readonly Row[] => (rows.length === 0 ? [] : [blank, ...rows]);

/** Where the screen is short, what was seen is worth more than a blank row. */
const hasSeen = ({ ui }: View, height: number) => height < comfortable + 4 && (ui.sweeping || ui.firstLook !== null);

/** One column. What was seen gives way to what is being typed. */
const narrow = (view: View, height: number): Row[] => {
  const width = view.size.columns - 1;
  const isShort = height < comfortable;
  const gap = isShort ? [] : [blank];
  const form = [
    questionRow(view, width),
    ...gap,
    ...symptomRows(view, width, isShort),
    ...(isShort || hasSeen(view, height) ? [] : [blank]),
    ...endRows(view, width),
  ];
  const access = accessLine(view, width);
  const left = height - form.length;
  const isListing = view.ui.focus === 'sessions';
  const earlier = earlierRows(view, width, isListing || left > 9 ? Math.min(6, left - 3) : 1);
  const seen = seenRows(view, width, left - access.length - earlier.length);
  const rest = [...seen, ...access, ...earlier];
  return [...form, ...(rest.length === 0 ? withGap(safeRows(view, width)) : rest)].slice(0, height);
};

/** Two columns: what to say, and what can be seen already. */
const wide = (view: View, height: number): Row[] => {
  const { size, appearance } = view;
  const left = Math.floor(size.columns * 0.52);
  const right = size.columns - left - 3;
  const form = [
    questionRow(view, left),
    blank,
    ...symptomRows(view, left, false),
    blank,
    ...endRows(view, left),
    ...withGap(safeRows(view, left)),
  ];
  const access = withGap(accessRows(view, right));
  const earlier = withGap(earlierRows(view, right, 7));
  const seen = seenRows(view, right, height - access.length - earlier.length);
  const rows = [...seen, ...access, ...earlier];
  const panes = [
    { rows: form, width: left },
    { rows: seen.length === 0 ? rows.slice(1) : rows, width: right },
  ];
  return beside(panes, height, { bar: glyphsOf(appearance).bar, wide: appearance.wide });
};

/** The first screen: what is broken, between which two ends, and what stands out already. */
export const intakeBody = (view: View, height: number): Row[] =>
  panesOf(view.size) === 3 ? wide(view, height) : narrow(view, height);
