import type { Catalog } from '../catalog/catalog.js';
import { foldJournal } from '../journal/fold.js';
import { listSessions, type SessionLine } from '../journal/folder.js';
import { JournalProblem } from '../journal/problem.js';
import { readJournal } from '../journal/read.js';
import type { Earlier } from '../ui/first-look.js';
import type { Intake } from '../ui/props.js';
import { connectLive } from './connect.js';
import type { Io } from './io.js';
import { unkept } from './keep-session.js';
import type { SessionOptions } from './options.js';
import { stateDirOf } from './settings.js';
import { sweep } from './sweep.js';

interface Before {
  readonly options: SessionOptions;
  readonly io: Io;
  readonly catalog: Catalog;
  readonly namespace: string;
  readonly signal: AbortSignal;
}

const canGoOn = ({ state, folder }: SessionLine): boolean => {
  if (state === 'damaged') return false;
  const { header, ended } = foldJournal(readJournal(folder).events);
  return header !== null && ended?.cause !== 'verdict';
};

const earlierOf = (line: SessionLine): Earlier => ({
  id: line.id,
  state: line.state,
  note: line.verdict ?? line.damage ?? '',
  resumable: canGoOn(line),
});

/** The newest sessions; a state folder that cannot be read is told of when a session is started. */
const earlier = ({ options, io }: Before): Earlier[] => {
  try {
    return listSessions(stateDirOf(options, io)).slice(0, 9).map(earlierOf);
  } catch (error) {
    if (error instanceof JournalProblem) return [];
    throw error;
  }
};

/** What the intake can show while the operator reads it. A recording answers only what its session asked. */
export const beforeSession = async (before: Before): Promise<Pick<Intake, 'sweep' | 'sessions'>> => {
  const { options, io, catalog, namespace, signal } = before;
  if (options.universe !== undefined) return {};
  const look = async () => {
    const files = unkept('sweep');
    const { world } = await connectLive(options, files, { io, interactive: false, onProblem: () => {} });
    try {
      return await sweep({ world, namespace, catalog, signal });
    } finally {
      await world.close();
    }
  };
  return { sweep: look, sessions: () => earlier(before) };
};
