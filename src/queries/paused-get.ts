import { z } from 'zod';
import { defineQuery } from '../domain/query.js';
import { parsePauses } from '../parse/pauses.js';
import { hostSchema, portSchema } from './scripts/arguments.js';
import { shell } from './scripts/tries.js';

const args = z.strictObject({ host: hostSchema, port: portSchema, pause: z.int().min(1).max(9) });
type Args = z.infer<typeof args>;

const script = (once: string, before = ':') => `set -f
host=$1 port=$2; shift 2
numeric=
case $host in *:*) numeric=-n ;; *[!0-9.]*) ;; *) numeric=-n ;; esac
${before}
once() {
${once}
}
one() {
  said=$(once "$1" 2>&1 </dev/null); code=$?
  printf 'pause %s exit=%s %.200s\\n' "$1" "$code" "$(printf '%s ' $said)"
}
for pause do one "$pause" & done
wait`;

// Stands inside single quotes below, hence the double ones.
const [first, rest] = [
  String.raw`printf "GET / HTTP/1.0\r\nUser-Agent: net-triage\r\n"`,
  String.raw`printf "Connection: close\r\n\r\n"`,
];

const withNc = script(
  `  if [ "$exec" ]; then
    timeout "$(($1 + 3))" nc -w 2 "$host" "$port" -e sh -c 'echo "net-triage: connected" >&2
${first}; sleep "$1"; ${rest}; read -r line; echo "$line" >&2' net-triage "$1"
  else { ${first}; sleep "$1"; ${rest}; sleep 2; } | timeout "$(($1 + 3))" nc -v $numeric "$host" "$port"; fi`,
  "case $(nc -h 2>&1) in *'-e PROG'*) exec=yes ;; *) exec= ;; esac",
);
const withBash = script(`  timeout "$(($1 + 3))" bash -c 'exec 3<>"/dev/tcp/$1/$2" || exit; echo "net-triage: connected"
${first} >&3; sleep "$3"; ${rest} >&3; read -r line <&3; echo "$line"' net-triage "$host" "$port" "$1"`);

/** The same request without and with a pause in its middle: is the connection still known after it. */
export const pausedGet = defineQuery({
  name: 'paused-get',
  where: 'pod',
  level: 'probe',
  limit: 15,
  args,
  variants: [
    { tool: 'nc', argv: ({ host, port, pause }: Args) => shell(withNc, [host, port, 0, pause]) },
    { tool: 'bash', argv: ({ host, port, pause }: Args) => shell(withBash, [host, port, 0, pause], 'bash') },
  ],
  parse: ({ stdout }) => parsePauses(stdout),
});
