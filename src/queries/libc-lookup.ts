import { z } from 'zod';
import { defineQuery } from '../domain/query.js';
import { parseLookup } from '../parse/lookup.js';
import { hostSchema } from './scripts/arguments.js';
import { shell } from './scripts/tries.js';

const args = z.strictObject({ name: hostSchema });

// Sooner than the five seconds after which a resolver asks the next server: a lookup that needs those is a finding.
const withGetent = `timeout 3 getent ahosts "$1" 2>&1
echo "exit=$?"`;
// A busybox image has no getent, but its ping asks the same libc and prints the address before it sends anything.
const withPing = `timeout 3 ping -c 1 -W 1 -w 1 "$1" 2>&1
echo "exit=$?"`;

/** Looks a name up as programs do: /etc/hosts, search list and `ndots` included. It cannot say why a name is missing. */
export const libcLookup = defineQuery({
  name: 'libc-lookup',
  where: 'pod',
  level: 'probe',
  elsewhere: 'look-alike',
  limit: 10,
  args,
  variants: [
    { tool: 'getent', argv: ({ name }) => shell(withGetent, [name]) },
    { tool: 'ping', argv: ({ name }) => shell(withPing, [name]) },
  ],
  parse: ({ stdout, tool }) => parseLookup(stdout, tool),
});
