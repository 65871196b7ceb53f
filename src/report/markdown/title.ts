import { escapeMarkdown } from '../../clean/escape.js';
import type { ReportInput } from '../catalog.js';
import { say } from '../say.js';
import { causeTitle } from '../sentence.js';
import { flowText } from '../words.js';
import { bullets, text } from './page.js';
import { localTime, utcTime } from './time.js';

const subject = (input: ReportInput) => {
  const best = input.session.verdict?.result === 'fault' ? input.session.verdict.causes[0] : undefined;
  return best ? `${causeTitle(input, best.id)} (${flowText(input)})` : flowText(input);
};

const dates = (input: ReportInput) => {
  const { header, startedAt, ended, lastAt } = input.session;
  const [from, to] = [startedAt ?? '?', ended?.at ?? lastAt ?? '?'];
  const offset = header?.utc_offset ?? '';
  return text(input, 'title.dates', {
    ...{ from: utcTime(from), to: utcTime(to), tz: header?.tz ?? '?' },
    ...{ 'local-from': localTime(from, offset), 'local-to': localTime(to, offset) },
  });
};

const operator = (input: ReportInput) => {
  const who = input.session.header?.operator;
  const name =
    input.names && who ? [who.os_user, who.k8s_user, who.as].filter((part) => part !== null).join(', ') : null;
  return text(input, name === null ? 'title.roles' : 'title.names', { name: name ?? '' });
};

/** Anything that is not a real incident says so before anything else. */
const watermark = (input: ReportInput) => {
  const mode = input.session.header?.mode ?? 'live';
  return mode === 'live' ? [] : [`> **${text(input, `mode.${mode}`)}** ${text(input, `mode.${mode}.note`)}`];
};

/** The head of the page. */
export const titleBlocks = (input: ReportInput): string[] => {
  const { header, ended } = input.session;
  return [
    `# ${text(input, 'title', { subject: subject(input) })}`,
    ...watermark(input),
    bullets([
      text(input, 'title.incident', { id: header?.incident.id ?? say(input, 'not-given') }),
      ...(header?.incident.reason ? [text(input, 'title.reason', { reason: header.incident.reason })] : []),
      text(input, 'title.session', { id: header?.session_id ?? '?' }),
      text(input, 'title.status', { status: say(input, ended ? `ended.${ended.cause}` : 'ended.not') }),
      dates(input),
      operator(input),
    ]),
    ...(ended?.error ? [`**${escapeMarkdown(ended.error.code)}**: ${escapeMarkdown(ended.error.message)}`] : []),
  ];
};
