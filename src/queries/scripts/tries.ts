const loops = {
  once: `n=1
while [ "$n" -le "$tries" ]; do one "$n" & n=$((n + 1)); done
wait`,
  // Not every sleep knows fractions (busybox without FANCY_SLEEP): then a second's worth starts together.
  spaced: `gap=$7 each=1
sleep 0.01 2>/dev/null || { each=$((1000 / gap)); [ "$each" -ge 1 ] || each=1; }
pause() {
  if [ "$each" -gt 1 ]; then [ $((n % each)) -ne 0 ] || sleep 1
  elif [ "$gap" -lt 1000 ]; then sleep "0.$(printf %03d "$gap")"
  else sleep "$((gap / 1000))"; fi
}
n=1
while [ "$n" -le "$tries" ]; do one "$n" & [ "$n" -eq "$tries" ] || pause; n=$((n + 1)); done
wait`,
} as const;

/**
 * A fixed script that makes `$4` tries and prints one line per try. Arguments: host, port, seconds, tries,
 * then what `once` wants. A try's words are joined to one line, so nothing a server says can forge a second one;
 * one write below PIPE_BUF keeps parallel lines whole (POSIX write(2)). `before` and `after` stand around all tries.
 */
const script =
  (loop: keyof typeof loops) =>
  (once: string, before = ':', after = ':') =>
    `set -f
host=$1 port=$2 secs=$3 tries=$4 path=\${5:-/} name=\${6:-}
numeric=
case $host in *:*) numeric=-n ;; *[!0-9.]*) ;; *) numeric=-n ;; esac
${before}
now() { read -r up rest 2>/dev/null </proc/uptime || up=; printf %s "$up"; }
once() {
${once}
}
one() {
  from=$(now); said=$(once 2>&1 </dev/null); code=$?; to=$(now)
  printf 'try %s exit=%s from=%s to=%s %.1500s\\n' "$1" "$code" "$from" "$to" "$(printf '%s ' $said)"
}
${loops[loop]}
${after}`;

/** All tries start together. */
export const allAtOnce = script('once');
/** One try starts every `$7` milliseconds, whatever became of those before. */
export const oneByOne = script('spaced');
export type Form = typeof allAtOnce;

export const shell = (script: string, args: readonly (string | number)[], program: 'sh' | 'bash' = 'sh') => [
  program,
  '-c',
  script,
  'net-triage',
  ...args.map(String),
];

interface Scripts {
  readonly curl: string;
  readonly nc: string;
  readonly bash: string;
}

/** The programs that can say something to a server, best first, with the script for each. */
export const clients = <A>({ curl, nc, bash }: Scripts, positions: (args: A) => readonly (string | number)[]) => [
  { tool: 'curl', argv: (args: A) => shell(curl, positions(args)) },
  { tool: 'nc', argv: (args: A) => shell(nc, positions(args)) },
  { tool: 'bash', argv: (args: A) => shell(bash, positions(args), 'bash') },
];
