import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseOverTcp } from '../../parse/dns/over-tcp.js';
import { questionBytes } from '../../parse/dns/question.js';
import { hostSchema } from '../scripts/arguments.js';
import { shell } from '../scripts/tries.js';

const args = z.strictObject({ name: hostSchema, server: hostSchema });
type Args = z.infer<typeof args>;

const withDig = `timeout 4 dig +tcp +tries=1 +time=2 +noall +comments +answer +stats "@$2" "$1" A 2>&1
echo "exit=$?"`;
// The bytes of the answer go through od(1) as one word; whatever the program complains of stands beside it. Programs
// differ in whether they wait once they have nothing more to send: only one that waited has heard silence.
const spoken = (
  program: string,
) => `now() { read -r up rest 2>/dev/null </proc/uptime || up=0; printf %s "\${up%%.*}"; }
from=$(now)
{ printf '%b' "$3" | ${program} | od -An -v -tx1 -N 40 | tr -d ' \\n'; } 2>&1
echo; echo "secs=$(($(now) - from))"`;
const withNc = spoken('timeout 4 nc -w 2 "$2" 53');
const withBash = spoken(
  `timeout 4 bash -c 'exec 3<>"/dev/tcp/$1/53" && cat >&3 && timeout 2 head -c 40 <&3' net-triage "$2"`,
);
const positions = ({ name, server }: Args) => [name, server, questionBytes(name)];

/** One question to one server over TCP, which is how large answers come. Tools that cannot ask so send its bytes. */
export const askOverTcp = defineQuery({
  name: 'ask-over-tcp',
  where: 'anywhere',
  level: 'probe',
  elsewhere: 'look-alike',
  limit: 8,
  args,
  variants: [
    { tool: 'dig', argv: (given: Args) => shell(withDig, positions(given)) },
    { tool: 'nc', argv: (given: Args) => shell(withNc, positions(given)) },
    { tool: 'bash', argv: (given: Args) => shell(withBash, positions(given), 'bash') },
  ],
  parse: ({ stdout, tool }) => parseOverTcp(stdout, tool),
});
