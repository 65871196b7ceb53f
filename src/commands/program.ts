import { Command, CommanderError } from 'commander';
import { exitCodes, type Io, say } from './io.js';
import { type Verb, verbIn, verbs } from './verbs.js';

const add = (root: Command, verb: Verb, run: (command: Command) => Promise<void>) =>
  root
    .command(verb.usage, { isDefault: verb === verbs[0] })
    .description(verb.about)
    .action((...args: unknown[]) => run(args.at(-1) as Command));

/** Only the command that is asked for gets its flags: nobody else reads them, and they are most of the work. */
const build = (io: Io, finish: (code: number) => void) => {
  const root = new Command(io.name)
    .description('Walks a Kubernetes network failure as a decision tree and names the root cause with its evidence.')
    .version(io.version, '--version')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: (text) => void io.stdout.write(text), writeErr: (text) => void io.stderr.write(text) })
    .showSuggestionAfterError();
  const asked = verbIn(io.argv);
  for (const verb of verbs) {
    const command = add(root, verb, async (found) => {
      const action = await verb.load();
      finish(await action(found.optsWithGlobals(), io, found.args));
    });
    if (verb === asked) verb.flags(command);
  }
  return root;
};

/** Parses the command line, runs the command and answers with the exit code. Loads only what the command needs. */
export const program = async (io: Io): Promise<number> => {
  let code: number = exitCodes.done;
  try {
    await build(io, (result) => {
      code = result;
    }).parseAsync([...io.argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCodes.done;
      await (await import('./refusal.js')).writeRefusal(error.message, io);
      return exitCodes.usage;
    }
    const { isForOperator } = await import('./failure.js');
    if (isForOperator(error)) {
      await say(io.stderr, error.message);
      await (await import('./refusal.js')).writeRefusal(error.message, io);
      return (await import('./ending.js')).exitCodeOfFailure(
        (await import('../machines/failure.js')).failureOf(error).code,
      );
    }
    await say(
      io.stderr,
      `This is a bug of net-triage:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return exitCodes.crash;
  }
};
