import { ssh } from './access-ssh.ts';
import type { Proof } from './proof.ts';

const READS = [
  'iptables-save',
  'iptables-save -c',
  'iptables-save -c -t nat',
  'ip6tables-save',
  'nft list ruleset',
  'nft -j list ruleset',
  'ipset list',
  'conntrack -S',
  'conntrack -C',
  'conntrack -L',
  'conntrack -L -p tcp --dport 22',
  'dmesg',
];

// Each is one word away from what is allowed: it writes a file, runs a program, forgets flows, or is root at once.
const WRITES = [
  'iptables-save -f /etc/written',
  'iptables-save -t nat -M /tmp/program',
  'iptables -L',
  'nft flush ruleset',
  'nft list ruleset -f /tmp/rules',
  'ipset flush',
  'conntrack -L -z',
  'conntrack -L -p tcp -z',
  'conntrack -D -p tcp',
  'conntrack -F',
  'dmesg -C',
  'nsenter -t 1 -a true',
  'ctr tasks list',
  'true',
];

// One login for all of them: a line for each command, with its exit code and the first words of its complaint.
const attempt = (command: string) => `said=$(sudo -n ${command} 2>&1 >/dev/null); echo "$? $said" | head -n 1`;

const each =
  (commands: readonly string[], answer: RegExp): Proof =>
  async ({ lab }) => {
    const { stdout } = await ssh(lab, { to: 'ops@node-b', command: commands.map(attempt).join('\n') });
    const answers = stdout.split('\n');
    return commands
      .map((command, at) => ({ command, said: answers[at] ?? 'nothing' }))
      .filter(({ said }) => !answer.test(said))
      .map(({ command, said }) => `${command}: ${said}`);
  };

export const sudoRights: readonly (readonly [string, Proof])[] = [
  ['ops may read with sudo all that is listed', each(READS, /^0 /)],
  ['ops may change nothing with the same programs', each(WRITES, /^1 sudo: a password is required$/)],
];
