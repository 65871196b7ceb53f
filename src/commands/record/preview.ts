import type { UniverseLine } from '../../ports/universe/line.js';
import type { Say } from '../../ui/say.js';

const placeOf = ({ port, target }: UniverseLine) => (port === 'kube' ? 'kube' : `${port} ${target}`);

const whereOf = (line: UniverseLine) => (line.port === 'kube' ? `kube ${line.target}` : placeOf(line));

const wordOf = ({ call }: UniverseLine) =>
  typeof call.query === 'string'
    ? call.query
    : [call.verb, call.kind].filter((word) => typeof word === 'string').join(' ');

const counted = (words: readonly string[]) =>
  [...Map.groupBy(words, (word) => word)].map(([word, { length }]) => (length > 1 ? `${word} x${length}` : word));

const groups = (lines: readonly UniverseLine[]) =>
  [...Map.groupBy(lines, placeOf)].map(([place, of]) => `  ${place}: ${counted(of.map(wordOf)).join(', ')}`);

const longest = 30;

/** Why each was not seen, once. */
const unseen = (lines: readonly UniverseLine[], say: Say) => {
  const told = lines.flatMap((line) =>
    line.refused ? [`  ${line.refused.code}  ${whereOf(line)}, ${wordOf(line)}: ${line.refused.message}`] : [],
  );
  const once = [...new Set(told)];
  const more = once.length - longest;
  return [...once.slice(0, longest), ...(more > 0 ? [`  ${say('commands.record.more', { count: more })}`] : [])];
};

const size = (bytes: number) =>
  bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

export interface Recorded {
  readonly lines: readonly UniverseLine[];
  /** Of the file. */
  readonly bytes: number;
  /** How often each rule has masked something. */
  readonly masked: Readonly<Record<string, number>>;
  readonly profile: 'default' | 'strict';
}

/** What is in a recording, before it is handed on: everything that was asked, what was not seen, and what is masked. */
export const previewLines = ({ lines, bytes, masked, profile }: Recorded, say: Say): string[] => {
  const answers = lines.filter(({ refused }) => !refused);
  const refused = unseen(lines, say);
  const rules = Object.entries(masked).map(([rule, count]) => `  ${rule} ${count}`);
  return [
    say('commands.record.holds', { count: answers.length, size: size(bytes) }),
    ...groups(answers),
    ...(refused.length > 0 ? [say('commands.record.unseen'), ...refused] : []),
    say('commands.record.masked'),
    ...(rules.length > 0 ? rules : [`  ${say('commands.record.nothing')}`]),
    say(`commands.record.kept.${profile}`),
  ];
};
