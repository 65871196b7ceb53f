import { ahead } from '../ahead.js';
import { padded, paddedLeft } from '../cell.js';
import { seconds } from '../clock-text.js';
import { nodeTitle, titleOf } from '../facts.js';
import { markOf } from '../marks.js';
import { fitted, type Row, selectedRow, span } from '../row.js';
import { runningCheck, runningState, subjectOf, trailLength } from '../subject.js';
import type { State } from '../theme.js';
import type { View } from '../view.js';

/** Cells of the longest word for a state in any language. */
const wordWidth = 6;

/** Mark and word: a state is never told by colour alone. */
export const stateSpans = (view: View, state: State): Row => {
  const word = state === 'run' || state === 'wait' ? view.say(`ui.state.${state}`) : view.say(`report.result.${state}`);
  return [span(`${markOf(view.appearance, state, view.now)} ${padded(word, wordWidth, view.appearance.wide)}`, state)];
};

interface Line {
  readonly state: State;
  readonly number: number;
  readonly check: string;
  readonly ms: number | null;
}

const lineAt = (view: View, at: number): Line | null => {
  const finding = view.look?.trail[at];
  if (finding) return { state: finding.result, number: at + 1, check: finding.check, ms: finding.durationMs };
  const running = runningCheck(view);
  if (!running) return null;
  const ms = view.pending?.done ? null : view.now - running.startedAt;
  return { state: runningState(view), number: at + 1, check: running.check, ms };
};

const trailRow = (view: View, at: number, { width, selected }: { width: number; selected: boolean }): Row => {
  const { wide } = view.appearance;
  const line = lineAt(view, at);
  if (!line) return [];
  const time = line.ms === null || line.ms === 0 || width < 52 ? '' : paddedLeft(seconds(line.ms), 8);
  const digits = Math.max(2, String(trailLength(view)).length);
  const start: Row = [span(' '), ...stateSpans(view, line.state), span(` ${paddedLeft(String(line.number), digits)} `)];
  const title = padded(titleOf(view, line.check), width - 11 - digits - time.length, wide);
  const whole = fitted([...start, span(title), span(time)], width, wide);
  return selected ? selectedRow(whole, width, wide) : whole;
};

/** Whether a filter lets a check through; asked once for each check, however often it stands in the trail. */
const letsThrough = (view: View) => {
  const wanted = view.ui.filter.toLowerCase();
  const answers = new Map<string, boolean>();
  return (check: string): boolean => {
    const known = answers.get(check) ?? `${check} ${titleOf(view, check)}`.toLowerCase().includes(wanted);
    answers.set(check, known);
    return known;
  };
};

const numbers = (from: number, count: number) => Array.from({ length: Math.max(0, count) }, (_, at) => from + at);

/** The part of the trail around its chosen row that `height` rows can show. */
const placesAround = (view: View, chosen: number, height: number): number[] => {
  const windowOf = (at: number, count: number) => Math.max(0, Math.min(at - Math.floor(height / 2), count - height));
  const count = trailLength(view);
  if (view.ui.filter === '' || view.ui.overlay !== null) {
    const first = windowOf(chosen, count);
    return numbers(first, Math.min(height, count - first));
  }
  const passes = letsThrough(view);
  const places = numbers(0, count).filter((at) => passes(lineAt(view, at)?.check ?? ''));
  const at = places.findLastIndex((place) => place <= chosen);
  const first = windowOf(Math.max(0, at), places.length);
  return places.slice(first, first + height);
};

/** Rows of the window only: a trail can be ten thousand rows long. */
export const trailRows = (view: View, width: number, height: number): Row[] => {
  const subject = subjectOf(view);
  const chosen = (subject?.number ?? 0) - 1;
  const rows = placesAround(view, Math.max(0, chosen), height).map((place) =>
    trailRow(view, place, { width, selected: place === chosen }),
  );
  return [...rows, ...waitingRows(view, width, height - rows.length)];
};

const positionOf = ({ look }: View) => look?.asking?.node ?? look?.current?.node ?? look?.trail.at(-1)?.node;

/** Nodes that are expected next, as far as the tree can be foreseen. */
export const expected = (view: View): string[] => {
  const { look, catalog } = view;
  const node = positionOf(view) ?? look?.runbook?.start;
  if (!look || node === undefined) return [];
  return ahead(look.runbook, catalog, node);
};

const waitingRows = (view: View, width: number, height: number): Row[] => {
  if (height < 1 || view.look?.phase !== 'walking' || view.ui.filter !== '') return [];
  return expected(view)
    .slice(0, height)
    .map((node) =>
      fitted(
        [span(' '), ...stateSpans(view, 'wait'), span(`    ${nodeTitle(view, node)}`)],
        width,
        view.appearance.wide,
      ),
    );
};
