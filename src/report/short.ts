import type { ReportInput } from './catalog.js';
import { plain } from './plain.js';
import { residualTitles } from './residual.js';
import { say } from './say.js';
import { nextLine, outcomeLine, ruledOutNames, sinceLine } from './words.js';

const mostNamed = 4;

const ruledOutLine = (input: ReportInput) => {
  const names = ruledOutNames(input);
  if (names.length === 0) return say(input, 'none');
  const more = names.length - mostNamed;
  const shown = names.slice(0, mostNamed).join('; ');
  return more > 0 ? `${shown}; ${say(input, 'and-more', { count: more })}` : shown;
};

/** The line of the next step has room for it: there are six lines. */
const residualLine = (input: ReportInput) => {
  const titles = residualTitles(input);
  return titles.length > 0 ? [`${say(input, 'unexplained')}: ${titles.join('; ')}`] : [];
};

/** Six plain lines for the incident channel. The last one holds the root of the journal, to compare with later. */
export const shortReport = (input: ReportInput) => {
  const { header, root } = input.session;
  const mode = header && header.mode !== 'live' ? `[${say(input, `mode.${header.mode}`)}] ` : '';
  return [
    `${mode}${outcomeLine(input)}`,
    `${say(input, 'since')}: ${sinceLine(input)}`,
    `${say(input, 'impact')}: ${say(input, 'impact.field')}`,
    `${say(input, 'ruled-out')}: ${ruledOutLine(input)}`,
    `${say(input, 'next')}: ${[nextLine(input), ...residualLine(input)].join('; ')}`,
    `${say(input, 'session')}: ${header?.session_id ?? '?'}, ${say(input, 'root')} ${root}`,
  ]
    .map((line) => `${plain(line)}\n`)
    .join('');
};
