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
    .option('--no-motion', 'no spinner, no running clocks')
    .option('--predict', 'on the screen, predict each result before it is shown');

export const access = (command: Command) =>
  command
    .option('--probe-image <ref>', 'image to look from where a container lacks the tools; see --pod-access')
    .option('--pod-access <ways>', 'of exec, ephemeral, node, probe-pod; or none');

export const nodeAccess = (command: Command) =>
  command
    .option(
      '--node-access <ways>',
      'ways onto nodes, best first: ssh, pod, debug (makes a Pod of --probe-image), or none',
      'ssh,pod',
    )
    .option('--ssh-config <file>', 'configuration of ssh, instead of ~/.ssh/config')
    .option('--ssh-user <name>', 'user on the nodes')
    .option('--ssh-identity <file>', 'key for the nodes')
    .option('--ssh-known-hosts <file>', 'known host keys, instead of the usual files')
    .option('--ssh-jump <hosts>', 'host on the way to the nodes: [user@]host[:port]');

export const sessionFlags = (command: Command) =>
  nodeAccess(access(looks(common(command))))
    .option('--from <end>', 'where the traffic starts: pod/NS/NAME, deploy/NS/NAME')
    .option('--to <end>', 'where it goes: svc/NS/NAME[:PORT[/PROTOCOL]]')
    .option('--host <name>', 'of the request to an Ingress')
    .option('--path <path>', 'of the request to an Ingress')
    .option('--level <level>', 'what is allowed: observe, probe or node', 'observe')
    .option('--error <text>', 'an error message: what it says settles what other flags leave open')
    .option('--since <time>', 'since when it is broken: 2026-11-20T01:58Z, or 40m for forty minutes ago')
    .option(
      '--prometheus <url>',
      'read the history here (level probe), instead of from a Prometheus that the cluster shows',
    )
    .option('--loki <url>', 'the same for what was logged, instead of a Loki that the cluster shows')
    .option('--no-input', 'never ask; unanswered questions are listed')
    .addOption(new Option('--auto', 'the same as --no-input').hideHelp())
    .option('--pace <pace>', 'auto or step', 'auto')
    .option('-o, --output <format>', 'human, short, json, ndjson, yaml, junit, sarif, md or html', 'human')
    .option('--output-file <file>', 'write the result here')
    .option('--runbook <file>', 'a runbook of your own; may be given again', collected)
    .option(
      '--consent <check>',
      'let this check do what no level covers, such as capturing packets; may be given again',
      collected,
    )
    .option('--record <time>', 'let a check record so long whether every way holds, up to 30m')
    .option('--incident <id>', 'kept in the transcript')
    .option('--reason <text>', 'kept in the transcript')
    .option('--check-timeout <time>', 'limit of one check')
    .option('--deadline <time>', 'limit of the whole session')
    .option('--redact <profile>', 'default or strict', 'default')
    .option('--fail-on <result>', 'fail, warn, unsure or never', 'fail')
    .option('--exit-verdict', 'exit by the verdict also after a screen');

export const remedyFlags = (command: Command) =>
  command
    .option(
      '--allow-remediation',
      'a fix may be applied: f at the verdict shows the change and asks; with --no-input it is only shown, and applied with --confirm',
    )
    .option(
      '--confirm <target>',
      'without a person: yes to the first fix of the verdict if it is about CONTEXT/NAMESPACE/NAME, and to putting the old value back where it does not help',
    )
    .option('--verify-for <time>', 'how long it has to work after a fix without a break, 1m where not named');

export const policyFlags = (command: Command) =>
  common(command)
    .option('--resources <path...>', 'manifests: files, folders, or - for the standard input; else the cluster')
    .option('--against <path...>', 'diff: the manifests to compare with; else the cluster')
    .option('--namespaces <name...>', 'matrix, diff: the namespaces of the cluster to read; else that of -n')
    .option('--from <end>', 'where the traffic starts: pod/NS/NAME, deploy/NS/NAME, NS/NAME, an address')
    .option('--to <end>', 'where it goes: svc/NS/NAME[:PORT], NS/NAME, an address')
    .option('--port <port>', 'port at the destination, or its name')
    .option('--protocol <name>', 'TCP, UDP or SCTP')
    .option('--engine <name>', 'what puts policies into effect: kubernetes, calico or cilium')
    .option(
      '--cilium-policy <mode>',
      'on whom Cilium enforces policies: default, always or never; else as the cluster says',
    )
    .option('-o, --output <format>', 'human or json; matrix: human (a drawing), table, json, dot or csv');
