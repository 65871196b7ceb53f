import type { Profile } from '../../clean/redact.js';
import { foldJournal } from '../../journal/fold.js';
import { packFiles } from '../../ports/universe/archive.js';
import { UniverseProblem } from '../../ports/universe/problem.js';
import { writeWhole } from '../../ports/universe/writer.js';
import { redacted } from '../session/redact.js';

/**
 * Packs the recording of a session as it may leave this machine. Answers with the flow to ask it for, in the names it
 * now has, and with how often each rule hid something.
 *
 * @throws UniverseProblem when there is no whole recording, or the file cannot be written
 */
export const packHidden = async (folder: string, profile: Profile, file: string) => {
  const { events, recording, redactions } = await redacted(folder, profile);
  const { header } = foldJournal(events);
  if (recording.size === 0 || !header) throw new UniverseProblem(folder, 'holds no whole recording');
  const inside = [...recording].map(([name, bytes]) => [name.replace(/^universe\//, ''), bytes] as const);
  await writeWhole(file, await packFiles(new Map(inside)));
  const masked: Record<string, number> = {};
  for (const { rule, count } of redactions) masked[rule] = (masked[rule] ?? 0) + count;
  return { asked: header.asked, masked };
};
