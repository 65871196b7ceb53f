import { find } from '../catalog/find.js';
import { load } from '../catalog/load.js';
import { type Format, formats } from '../report/format.js';
import { failedReport } from '../report/json.js';
import { renderFailure } from '../report/render.js';
import { type Io, say } from './io.js';

/** What was asked for, read without commander, which has refused the words or not come to them. */
export const formatIn = (argv: readonly string[]): Format => {
  const named = argv.flatMap((word, index) => {
    if (word === '-o' || word === '--output') return argv[index + 1] ?? [];
    return /^(?:--output=|-o)(.+)$/.exec(word)?.[1] ?? [];
  });
  return formats.find((format) => format === named.at(-1)) ?? 'human';
};

/** A command that ended before it had anything to say: whoever asked for a document still gets one. */
export const writeRefusal = async (message: string, io: Io): Promise<void> => {
  const format = formatIn(io.argv);
  if (format === 'human' || format === 'short') return;
  const at = new Date(io.now()).toISOString();
  const error = { code: 'UsageProblem', message: message.split('\n')[0] ?? '' };
  const report = failedReport({ error, version: io.version, startedAt: at, endedAt: at });
  const { catalog } = load(await find());
  // Standard output may be the very thing that cannot be written.
  await say(io.stdout, renderFailure(format, report, { catalog, language: 'en' })).catch(() => {});
};
