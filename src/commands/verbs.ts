import type { Command } from 'commander';
import { access, collected, common, looks, nodeAccess, policyFlags, remedyFlags, sessionFlags } from './flags.js';
import type { Io } from './io.js';

export type Action = (options: Record<string, unknown>, io: Io, words: readonly string[]) => Promise<number>;

export interface Verb {
  /** Name and words, as commander reads them. */
  readonly usage: string;
  readonly about: string;
  readonly flags: (command: Command) => Command;
  /** Loads the module that does it. */
  readonly load: () => Promise<Action>;
}

const ownRunbook = (command: Command) =>
  command.option('--runbook <file>', 'a runbook of your own; may be given again', collected);

const sessionVerbFlags = (command: Command) =>
  remedyFlags(access(looks(common(command))))
    .option(
      '-o, --output <format>',
      'human, short, json, ndjson, yaml, junit, sarif, md, html, universe or cast',
      'human',
    )
    .option('--output-file <file>', 'write the result here')
    .option('--root <hash>', 'verify: the root that was noted elsewhere')
    .option('--follow', 'show: go on as the session does, from a second terminal')
    .option(
      '--why [cause]',
      'show: what speaks for and against each candidate, or this cause, and what would change it',
    )
    .option('--redact <profile>', 'show, export, redact: default or strict')
    .option('--every <time>', 'watch: pause between two looks, 5s where not named')
    .option('--for <time>', 'watch: how long it has to work, 1m where not named')
    .option('--deadline <time>', 'watch: give up then')
    .option('--into <folder>', 'redact: write the bundle for others here; else it is only previewed')
    .option('--older-than <time>', 'prune: sessions that nothing was written to for so long, for example 30d')
    .option('--keep <count>', 'prune: so many of the newest stay')
    .option('--yes', 'prune: remove them; else they are only listed')
    .option('--no-input', 'resume: never ask');

/** Every command of the program, in the order of the help. The first is the one that needs no name. */
export const verbs: readonly Verb[] = [
  {
    usage: 'run [symptom]',
    about: 'walk one failure; asks only what the flags did not answer',
    flags: (command) => remedyFlags(sessionFlags(command)),
    load: async () => (await import('./run.js')).run,
  },
  {
    usage: 'check [id...]',
    about: 'run checks without branching, print, exit',
    flags: (command) => sessionFlags(command).option('--all', 'every check that fits the flow'),
    load: async () => (await import('./check.js')).check,
  },
  {
    usage: 'explain <id>',
    about: 'what a check or a cause proves, its commands and rights; what a term means',
    flags: common,
    load: async () => (await import('./explain.js')).explain,
  },
  {
    usage: 'tree [action] [name]',
    about: 'the decision tree: list, show, graph, lint',
    flags: (command) => ownRunbook(common(command)),
    load: async () => (await import('./tree.js')).tree,
  },
  {
    usage: 'policy [action]',
    about: 'is a flow allowed by policies, and what decides: eval, explain, matrix, diff',
    flags: policyFlags,
    load: async () => (await import('./policy.js')).policy,
  },
  {
    usage: 'session [action] [id] [text...]',
    about: 'earlier sessions: list, show, resume, note, watch, export, verify, redact, prune, diff',
    flags: sessionVerbFlags,
    load: async () => (await import('./session.js')).session,
  },
  {
    usage: 'record [symptom]',
    about: 'look at one flow for somebody who has no access: one file that "run --universe FILE" triages',
    flags: (command) =>
      sessionFlags(command)
        .option('--commands', 'only print what would be looked at as commands to run by hand')
        .option('--max-size <size>', 'the recording keeps no more than this, for example 20M', '64M')
        .option('--yes', 'write the file without asking; else it is only previewed where nobody can be asked'),
    load: async () => (await import('./record.js')).record,
  },
  {
    usage: 'collect [nodes...]',
    about: 'keep what every harmless program says on these nodes, with hashes',
    flags: (command) =>
      nodeAccess(access(common(command)))
        .option('-o, --output <format>', 'human or json', 'human')
        .option('--redact <profile>', 'default or strict', 'default')
        .option('--deadline <time>', 'limit of the whole collection'),
    load: async () => (await import('./collect.js')).collect,
  },
  {
    usage: 'doctor',
    about: 'terminal, kubeconfig, access, clock',
    flags: common,
    load: async () => (await import('./doctor.js')).doctor,
  },
  {
    usage: 'rbac [level]',
    about: 'print the manifest of the rights a level needs; never applies it',
    flags: common,
    load: async () => (await import('./rbac.js')).rbac,
  },
  {
    usage: 'schema [name]',
    about: 'JSON Schema of a document: report',
    flags: (command) => command,
    load: async () => (await import('./schema.js')).schema,
  },
  {
    usage: 'demo',
    about: 'the real program on a recorded cluster',
    flags: sessionFlags,
    load: async () => (await import('./demo.js')).demo,
  },
  {
    usage: 'version',
    about: 'version of the program',
    flags: (command) => command.option('-o, --output <format>', 'human or json', 'human'),
    load: async () => (await import('./version.js')).version,
  },
];

const nameOf = ({ usage }: Verb) => usage.split(' ')[0] ?? '';

/** For whoever mistypes one. */
export const verbNames = [...verbs.map(nameOf), 'help'];

/** The command these words are for; none where they only ask what there is. */
export const verbIn = (words: readonly string[]): Verb | undefined => {
  const [first = '', second] = words;
  if (['-h', '--help', '--version'].includes(first)) return undefined;
  const asked = first === 'help' ? second : first;
  return verbs.find((verb) => nameOf(verb) === asked) ?? verbs[0];
};
