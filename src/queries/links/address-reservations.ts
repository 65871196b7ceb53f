import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseReservations } from '../../parse/links/reservations.js';
import { shell } from '../scripts/tries.js';

const script = `dir=/var/lib/cni/networks
[ -d "$dir" ] || { echo "== end"; exit 0; }
ls "$dir" >/dev/null || exit 1
for net in "$dir"/*/; do
  [ -d "$net" ] || continue
  name=\${net%/}
  echo "== \${name##*/} $(ls "$net" | grep -c '^[0-9a-f][0-9a-f.:]*$')"
done
echo "== end"`;

/** How many addresses the host-local plugin holds reserved on a node, by network. */
export const addressReservations = defineQuery({
  name: 'address-reservations',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  variants: [{ tool: 'sh', root: true, argv: () => shell(script, []) }],
  parse: ({ stdout }) => parseReservations(stdout),
});
