import { z } from 'zod';
import { defineQuery } from '../domain/query.js';
import { parseResolve } from '../parse/resolve.js';
import { hostSchema } from './scripts/arguments.js';
import { shell } from './scripts/tries.js';

const args = z.strictObject({ name: hostSchema, server: hostSchema.optional() });

// The exit status stands on a line of its own: timeout(1) says by it that nobody answered. Both questions wait at the
// same time, as the C library asks them; one dig asks the second when it has given up the first.
const withDig = `name=$1
if [ "\${2:-}" ]; then set -- "@$2"; else set --; fi
ask() { timeout 4 dig +tries=1 +time=2 +noall +comments +answer +stats "$@" 2>&1; echo "exit=$?"; }
ask "$@" "$name" A | { other=$(ask "$@" "$name" AAAA); cat; printf '%s\\n' "$other"; }`;
const withNslookup = `timeout 4 nslookup "$@" 2>&1
echo "exit=$?"`;

/**
 * What DNS says to a full name, from one server or from those of resolv.conf. Only full names are honest here:
 * busybox nslookup tries the search list for names without a dot and never looks at `ndots`.
 */
export const resolveName = defineQuery({
  name: 'resolve-name',
  where: 'anywhere',
  level: 'probe',
  elsewhere: 'look-alike',
  limit: 8,
  args,
  variants: [
    { tool: 'dig', argv: ({ name, server }) => shell(withDig, server ? [name, server] : [name]) },
    { tool: 'nslookup', argv: ({ name, server }) => shell(withNslookup, server ? [name, server] : [name]) },
  ],
  parse: ({ stdout, tool }) => parseResolve(stdout, tool),
});
