import { basename } from 'node:path';
import { writeEnd } from '../../domain/ends.js';
import type { Flow } from '../../domain/flow.js';
import { shellWord } from '../made-words.js';
import type { SessionOptions } from '../options.js';

type Asked = { readonly asked: Flow; readonly symptom?: string | undefined };

/** The command that triages a recording elsewhere, for the same flow and as far as it goes. */
export const runLine = (file: string, { asked, symptom }: Asked, { level, host, path, since }: SessionOptions) =>
  [
    ...['net-triage', 'run', ...(symptom ? [symptom] : []), '--universe', basename(file)],
    ...['--from', writeEnd(asked.from), '--to', writeEnd(asked.to), '--level', level],
    ...(host === undefined ? [] : ['--host', host]),
    ...(path === undefined ? [] : ['--path', path]),
    ...(since !== undefined && 'at' in since ? ['--since', new Date(since.at).toISOString()] : []),
  ]
    .map(shellWord)
    .join(' ');
