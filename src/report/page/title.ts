import type { ReportInput } from '../catalog.js';
import { say } from '../say.js';
import { causeTitle } from '../sentence.js';
import { flowText } from '../words.js';
import { type Block, bullets, paragraph } from './block.js';
import { localTime, utcTime } from './time.js';

const subject = (input: ReportInput) => {
  const best = input.session.verdict?.result === 'fault' ? input.session.verdict.causes[0] : undefined;
  return best ? `${causeTitle(input, best.id)} (${flowText(input)})` : flowText(input);
};

const dates = (input: ReportInput) => {
  const { header, startedAt, ended, lastAt } = input.session;
  const [from, to] = [startedAt ?? '?', ended?.at ?? lastAt ?? '?'];
  const offset = header?.utc_offset ?? '';
  return say(input, 'title.dates', {
    ...{ from: utcTime(from), to: utcTime(to), tz: header?.tz ?? '?' },
    ...{ 'local-from': localTime(from, offset), 'local-to': localTime(to, offset) },
  });
};

const operator = (input: ReportInput) => {
  const who = input.session.header?.operator;
  const name =
    input.names && who ? [who.os_user, who.k8s_user, who.as].filter((part) => part !== null).join(', ') : null;
  return say(input, name === null ? 'title.roles' : 'title.names', { name: name ?? '' });
};

/** Anything that is not a real incident says so before anything else. */
const watermark = (input: ReportInput): Block[] => {
  const mode = input.session.header?.mode ?? 'live';
  if (mode === 'live') return [];
  return [{ kind: 'notice', title: say(input, `mode.${mode}`), text: say(input, `mode.${mode}.note`) }];
};

export const pageTitle = (input: ReportInput) => say(input, 'title', { subject: subject(input) });

/** What stands between the title and the first section. */
export const titleBlocks = (input: ReportInput): Block[] => {
  const { header, ended } = input.session;
  return [
    ...watermark(input),
    bullets([
      say(input, 'title.incident', { id: header?.incident.id ?? say(input, 'not-given') }),
      ...(header?.incident.reason ? [say(input, 'title.reason', { reason: header.incident.reason })] : []),
      say(input, 'title.session', { id: header?.session_id ?? '?' }),
      say(input, 'title.status', { status: say(input, ended ? `ended.${ended.cause}` : 'ended.not') }),
      dates(input),
      operator(input),
    ]),
    ...(ended?.error ? [paragraph([{ strong: ended.error.code }, `: ${ended.error.message}`])] : []),
  ];
};
