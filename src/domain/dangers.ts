import type { DangerId, DangerRule, Said } from './danger.js';
import { kubectl } from './danger-kubectl.js';
import { conntrack, hasAny, iptables, neighbour, nft, removal, sysctl, units } from './danger-node.js';
import { readShell, type ShellCommand } from './shell-words.js';

const when =
  (id: DangerId, ...words: readonly string[]): DangerRule =>
  ({ args }) =>
    hasAny(args, ...words) ? id : undefined;

// In a sentence these are ordinary words; a command begins with them, or with what runs it elsewhere.
const runners = /^(sudo|doas|ssh|nsenter|chroot|kubectl|timeout|nohup|then|do|exec|ansible|pdsh)$/;
const restart: DangerRule = ({ program, before, args }) => {
  const isCommand = before.length === 0 || runners.test(before[0] ?? '');
  return isCommand && (program === 'reboot' || hasAny(args, '-r', '--reboot')) ? 'node-restarted' : undefined;
};

/** By the program that a command names. */
const rules: Readonly<Record<string, DangerRule>> = {
  ...{ iptables, ip6tables: iptables, 'iptables-nft': iptables, 'iptables-legacy': iptables },
  ...{ nft, conntrack, sysctl, kubectl, k: kubectl, oc: kubectl },
  ...{ systemctl: units, service: units, rm: removal },
  ...{ ip: neighbour, bridge: neighbour, arp: neighbour },
  ...{ reboot: restart, shutdown: restart },
  ufw: when('firewall-stopped', 'disable', 'reset'),
  ipvsadm: when('rules-flushed', '-C', '--clear'),
  etcdctl: when('store-edited', 'del', 'rm', 'put'),
  kubeadm: when('node-reset', 'reset'),
};

const editors = new Set(['tee', 'sed', 'vi', 'vim', 'nano']);
const files: Readonly<Record<string, DangerId>> = {
  '/etc/hosts': 'hosts-edited',
  '/etc/resolv.conf': 'resolver-edited',
};
const changesInPlace = ({ words }: ShellCommand) => !words.includes('sed') || words.some((word) => /^-\w*i/.test(word));

/** A file that is written to, or opened to be edited. */
const ofFiles = (command: ShellCommand): readonly DangerId[] => {
  const edited = command.words.some((word) => editors.has(word)) && changesInPlace(command) ? command.words : [];
  return [...command.writes, ...edited].flatMap((path) => (Object.hasOwn(files, path) ? (files[path] ?? []) : []));
};

/** What a person adds to a word of a sentence, and no command has at its end. */
const bare = (word: string) => word.replace(/[.,;:!?\u3002\uff0c\uff1b\uff1a\uff01\uff1f\u3001)\uff09]+$/u, '') || word;

/** Every program in sight, also behind `sudo`, `kubectl exec POD --` or the words of a sentence, with what follows it. */
const saidIn = (words: readonly string[]): Said[] =>
  words.flatMap((word, at) => {
    const program = bare(word).replace(/^.*\//, '');
    if (!Object.hasOwn(rules, program)) return [];
    return [{ program, before: words.slice(0, at), args: words.slice(at + 1).map(bare) }];
  });

// A command in quotes, as `sh -c` and ssh take it, and an apostrophe in a sentence.
const quotedIn = ({ words }: ShellCommand) => words.filter((word) => /\s/.test(word.trim()));

// Longer than any command; a note may hold a whole log.
const longest = 20_000;
const deepest = 4;

/** Where a text editor made one dash of two, where a hash is no comment, and where no blank parts Chinese words from a command. */
const asTyped = (text: string) =>
  text
    .slice(0, longest)
    .replaceAll('#', ' ')
    .replaceAll(/(^|\s)\u2014(?=[a-z])/g, '$1--')
    .replaceAll(/(^|\s)\u2013(?=[A-Za-z])/g, '$1-')
    .replaceAll(/(?<=\p{Script=Han})(?=[!-~])|(?<=[!-~])(?=\p{Script=Han})/gu, ' ');

const found = (text: string, depth: number): DangerId[] =>
  readShell(text).commands.flatMap((command) => [
    ...saidIn(command.words).flatMap((said) => rules[said.program]?.(said) ?? []),
    ...ofFiles(command),
    ...(depth < deepest ? quotedIn(command).flatMap((inside) => found(inside, depth + 1)) : []),
  ]);

/** Dangerous repairs that a text names: a command, a script, or a sentence with one in it. Pure and total. */
export const dangersIn = (text: string): DangerId[] => [...new Set(found(asTyped(text), 0))];
