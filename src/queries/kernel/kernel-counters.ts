import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { counterFiles, parseCounters } from '../../parse/kernel/counters.js';
import { momentSchema } from '../scripts/arguments.js';
import { shell } from '../scripts/tries.js';

// For images without grep: the shell alone. A file that is missing says so on stderr and hides no other.
const withShell = `for file; do
  { while IFS= read -r line; do printf '%s:%s\\n' "$file" "$line"; done <"$file"; } 2>/dev/null
done
exit 0`;

/**
 * Everything that counts packets, connections and drops in one network namespace, at one moment and without any
 * right. `since` is the moment of the reading it is compared with: two readings that belong together are then never
 * answered from different windows by a cache.
 */
export const kernelCounters = defineQuery({
  name: 'kernel-counters',
  where: 'anywhere',
  level: 'probe',
  limit: 5,
  args: z.strictObject({ since: momentSchema.optional() }),
  variants: [
    { tool: 'grep', argv: () => ['grep', '-sH', '', ...counterFiles] },
    { tool: 'sh', argv: () => shell(withShell, counterFiles) },
  ],
  parse: ({ stdout }) => parseCounters(stdout),
});
