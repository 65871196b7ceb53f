import { type Command, Option } from 'commander';

/** A list of flags, not a list in one flag: that would swallow the words of the command. */
export const collected = (value: string, before: readonly string[] = []) => [...before, value];

export const common = (command: Command) =>
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

export const looks = (command: Command) =>
  command
    .option('--ui <kind>', 'auto, full, compact, linear or none', 'auto')
    .option('--ascii', 'only ASCII marks')
    .option('--ambiguous-width <width>', 'auto, 1 or 2', 'auto')
    .option('--color <when>', 'auto, always or never', 'auto')
    .option('--theme <name>', 'default, cb-rg, cb-by or mono', 'default')
    .option('--no-motion', 'no spinner, no running clocks');

export const access = (command: Command) =>
  command
    .option('--probe-image <ref>', 'image to look from where a container lacks the tools; see --pod-access')
    .option('--pod-access <ways>', 'of exec, ephemeral, node, probe-pod; or none');

export const nodeAccess = (command: Command) =>
  command
    .option('--node-access <ways>', 'ways onto nodes, best first: ssh, pod, or none', 'ssh,pod')
    .option('--ssh-config <file>', 'configuration of ssh, instead of ~/.ssh/config')
    .option('--ssh-user <name>', 'user on the nodes')
    .option('--ssh-identity <file>', 'key for the nodes')
    .option('--ssh-known-hosts <file>', 'known host keys, instead of the usual files')
    .option('--ssh-jump <hosts>', 'host on the way to the nodes: [user@]host[:port]');

export const sessionFlags = (command: Command) =>
  nodeAccess(access(looks(common(command))))
    .option('--from <end>', 'where the traffic starts: pod/NS/NAME, deploy/NS/NAME')
    .option('--to <end>', 'where it goes: svc/NS/NAME[:PORT[/PROTOCOL]]')
    .option('--level <level>', 'what is allowed: observe, probe or node', 'observe')
    .option('--no-input', 'never ask; unanswered questions are listed')
    .addOption(new Option('--auto', 'the same as --no-input').hideHelp())
    .option('--pace <pace>', 'auto or step', 'auto')
    .option('-o, --output <format>', 'human, short, json, ndjson, yaml, junit or md', 'human')
    .option('--output-file <file>', 'write the result here')
    .option('--runbook <file>', 'a runbook of your own; may be given again', collected)
    .option('--consent <check>', 'let this check capture packets; may be given again', collected)
    .option('--incident <id>', 'kept in the transcript')
    .option('--reason <text>', 'kept in the transcript')
    .option('--check-timeout <time>', 'limit of one check')
    .option('--deadline <time>', 'limit of the whole session')
    .option('--redact <profile>', 'default or strict', 'default')
    .option('--fail-on <result>', 'fail, warn, unsure or never', 'fail')
    .option('--exit-verdict', 'exit by the verdict also after a screen');
