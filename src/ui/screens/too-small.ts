import type { Result } from '../../domain/finding.js';
import { seconds } from '../clock-text.js';
import { titleOf } from '../facts.js';
import { fitted, type Row, row, span } from '../row.js';
import { runningCheck } from '../subject.js';
import { screenOf, type View } from '../view.js';
import { stateSpans } from './trail.js';
import { verdictRows } from './verdict.js';

const counted: readonly Result[] = ['fail', 'warn', 'pass', 'error'];

const now = (view: View): Row[] => {
  if (screenOf(view.look) === 'verdict') return verdictRows(view).slice(0, Math.max(1, view.size.rows - 6));
  const running = runningCheck(view);
  if (!running) return [];
  const time = `${seconds(view.now - running.startedAt)} / ${seconds(running.limitMs)}`;
  return [[span(' '), ...stateSpans(view, 'run'), span(` ${titleOf(view, running.check)}  ${time}`)]];
};

/** No room for panels. Nothing stops: the checks go on, and what they found so far is counted. */
export const tooSmallRows = (view: View): Row[] => {
  const { say, look, header, size, appearance } = view;
  const trail = look?.trail ?? [];
  const counts = counted.flatMap(
    (result): Row => [...stateSpans(view, result), span(` ${trail.filter((item) => item.result === result).length}  `)],
  );
  const rows: Row[] = [
    row(` ${say('ui.small', { columns: size.columns, rows: size.rows })}`),
    [
      span(` ${say('ui.context', { context: header.context ?? say('ui.no-context') })}`),
      ...(header.marked ? [span(' '), span(say('ui.marked'), 'marked')] : []),
      span(`  ${say(`ui.level.${header.level}`)}`, 'strong'),
    ],
    ...now(view),
    ...(look ? [[span(' '), ...counts]] : []),
    row(` ${say(look && !look.verdict ? 'ui.small.goes-on' : 'ui.small.enlarge')}`),
  ];
  return rows.slice(0, Math.max(1, size.rows - 1)).map((line) => fitted(line, size.columns, appearance.wide));
};
