import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { JournalProblem } from './problem.js';

export const journalName = 'session.ndjson';

const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT;

/** After a new name appears, only a sync of its folder makes the name itself survive a power cut. */
export const syncFolder = (folder: string) => {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
};

const writeAll = (fd: number, bytes: Buffer) => {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
};

/** The file of a journal, opened for appending. `write` returns once the bytes are on the disk. */
export const openFile = (folder: string, goodBytes: number) => {
  const fd = openSync(join(folder, journalName), flags, 0o600);
  let size = goodBytes;
  const undo = () => {
    try {
      ftruncateSync(fd, size);
    } catch {
      // What is left behind is a torn line, and every reader knows those.
    }
  };
  const write = (text: string) => {
    if (fstatSync(fd).size !== size)
      throw new JournalProblem('locked', folder, { because: 'the file has changed under us' });
    const bytes = Buffer.from(text);
    try {
      writeAll(fd, bytes);
      fsyncSync(fd);
    } catch (error) {
      undo();
      throw error;
    }
    size += bytes.length;
  };
  if (fstatSync(fd).size > size) ftruncateSync(fd, size);
  syncFolder(folder);
  return { write, close: () => closeSync(fd) };
};
export type JournalFile = ReturnType<typeof openFile>;
