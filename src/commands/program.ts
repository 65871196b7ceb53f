import { Command, CommanderError, Option } from 'commander';
import { exitCodes, type Io, say } from './io.js';

type Action = (options: Record<string, unknown>, io: Io, words: readonly string[]) => Promise<number>;

/** A list of flags, not a list in one flag: that would swallow the words of the command. */
const collected = (value: string, before: readonly string[] = []) => [...before, value];

const common = (command: Command) =>
  command
    .option('--kubeconfig <file>', 'path of the kubeconfig, as kubectl takes it')
    .option('--context <name>', 'context of the kubeconfig')
    .option('--cluster <name>', 'cluster of the kubeconfig')
    .option('--user <name>', 'user of the kubeconfig')
    .option('-n, --namespace <name>', 'namespace for names that have none')
    .option('--as <user>', 'impersonate this user')
    .option('--as-group <group>', 'impersonate this group; may be given again', collected)
    .option('--request-timeout <time>', 'limit of one API request, for example 10s')
    .option('--state-dir <dir>', 'where sessions are kept')
    .option('--lang <lang>', 'auto, en or zh-CN', 'auto')
    .option('--universe <file>', 'answer from a recording instead of a cluster');

const looks = (command: Command) =>
  command
    .option('--ui <kind>', 'auto, full, compact, linear or none', 'auto')
    .option('--ascii', 'only ASCII marks')
    .option('--ambiguous-width <width>', 'auto, 1 or 2', 'auto')
    .option('--color <when>', 'auto, always or never', 'auto')
    .option('--theme <name>', 'default, cb-rg, cb-by or mono', 'default')
    .option('--no-motion', 'no spinner, no running clocks');

const session = (command: Command) =>
  looks(common(command))
    .option('--from <end>', 'where the traffic starts: pod/NS/NAME, deploy/NS/NAME')
    .option('--to <end>', 'where it goes: svc/NS/NAME[:PORT[/PROTOCOL]]')
    .option('--level <level>', 'what is allowed: observe, probe or node', 'observe')
    .option('--no-input', 'never ask; unanswered questions are listed')
    .addOption(new Option('--auto', 'the same as --no-input').hideHelp())
    .option('--pace <pace>', 'auto or step', 'auto')
    .option('-o, --output <format>', 'human, short, json, ndjson, yaml, junit or md', 'human')
    .option('--output-file <file>', 'write the result here')
    .option('--runbook <file>', 'a runbook of your own; may be given again', collected)
    .option('--incident <id>', 'kept in the transcript')
    .option('--reason <text>', 'kept in the transcript')
    .option('--check-timeout <time>', 'limit of one check')
    .option('--deadline <time>', 'limit of the whole session')
    .option('--redact <profile>', 'default or strict', 'default')
    .option('--fail-on <result>', 'fail, warn, unsure or never', 'fail')
    .option('--exit-verdict', 'exit by the verdict also after a screen');

type Load = () => Promise<Action>;
/** Makes the handler of a command out of the module that has it, which is loaded only when it is needed. */
type Act = (load: Load) => (...args: unknown[]) => Promise<void>;

const sessionCommands = (root: Command, act: Act) => {
  session(
    root
      .command('run [symptom]', { isDefault: true })
      .description('walk one failure; asks only what the flags did not answer'),
  ).action(act(async () => (await import('./run.js')).run));
  session(
    root
      .command('check [id...]')
      .description('run checks without branching, print, exit')
      .option('--all', 'every check that fits the flow'),
  ).action(act(async () => (await import('./check.js')).check));
  session(root.command('demo').description('the real program on a recorded cluster')).action(
    act(async () => (await import('./demo.js')).demo),
  );
};

const bookCommands = (root: Command, act: Act) => {
  common(root.command('explain <id>').description('what a check or a cause proves, its commands and rights')).action(
    act(async () => (await import('./explain.js')).explain),
  );
  common(
    root
      .command('tree [action] [name]')
      .description('the decision tree: list, show, graph, lint')
      .option('--runbook <file>', 'a runbook of your own; may be given again', collected),
  ).action(act(async () => (await import('./tree.js')).tree));
  looks(
    common(
      root
        .command('session [action] [id] [text...]')
        .description('earlier sessions: list, show, resume, note, export, verify'),
    ),
  )
    .option('-o, --output <format>', 'human, short, json, ndjson, yaml, junit, md or universe', 'human')
    .option('--output-file <file>', 'write the result here')
    .option('--root <hash>', 'verify: the root that was noted elsewhere')
    .option('--no-input', 'resume: never ask')
    .action(act(async () => (await import('./session.js')).session));
  common(root.command('doctor').description('terminal, kubeconfig, access, clock')).action(
    act(async () => (await import('./doctor.js')).doctor),
  );
  common(
    root.command('rbac [level]').description('print the manifest of the rights a level needs; never applies it'),
  ).action(act(async () => (await import('./rbac.js')).rbac));
  root
    .command('schema [name]')
    .description('JSON Schema of a document: report')
    .action(act(async () => (await import('./schema.js')).schema));
  root
    .command('version')
    .description('version of the program')
    .option('-o, --output <format>', 'human or json', 'human')
    .action(act(async () => (await import('./version.js')).version));
};

const build = (io: Io, finish: (code: number) => void) => {
  const act: Act =
    (load) =>
    async (...args: unknown[]) => {
      const command = args.at(-1) as Command;
      finish(await (await load())(command.optsWithGlobals(), io, command.args));
    };
  const root = new Command(io.name)
    .description('Walks a Kubernetes network failure as a decision tree and names the root cause with its evidence.')
    .version(io.version, '--version')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: (text) => void io.stdout.write(text), writeErr: (text) => void io.stderr.write(text) })
    .showSuggestionAfterError();

  sessionCommands(root, act);
  bookCommands(root, act);
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
