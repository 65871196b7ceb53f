import { CannotLook } from '../../domain/cannot-look.js';
import type { Run } from '../../domain/query.js';
import type { Shell } from '../live/shell.js';
import type { Tools } from '../live/tools.js';

/** The program as root would run it, without ever asking for a password. */
export const asRoot = (argv: readonly string[]): readonly string[] => ['sudo', '-n', '--', ...argv];

// "sudo: a password is required", "sudo: ops is not allowed to run …", "ops is not in the sudoers file."
const refusal = /^sudo: |not in the sudoers file|may not run sudo|is not allowed to execute/m;

/** True when sudo said no, and not the program. */
export const isRefusal = ({ exitCode, stdout, stderr }: Pick<Run, 'exitCode' | 'stdout' | 'stderr'>) =>
  exitCode !== 0 && stdout === '' && refusal.test(stderr);

// Letters that mean something in sudoers(5).
const escaped = (word: string) => word.replaceAll(/[\\,:=#* ?[\]!]/g, String.raw`\$&`);

/** Names the one line that would allow the program. */
export const missingRule = (argv: readonly string[], { name }: Shell, { user, paths }: Tools): CannotLook => {
  const [program = '', ...rest] = argv;
  const command = [paths.get(program) || program, ...(rest.length > 0 ? rest.map(escaped) : ['""'])].join(' ');
  const who = user?.name || 'the user';
  return new CannotLook(
    'forbidden',
    `${who} may not run ${program} as root on ${name}; this line in its sudoers would allow it: ${who} ALL=(root) NOPASSWD: ${command}`,
  );
};
