import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseContainerProcess } from '../../parse/links/container-pid.js';
import { shell } from '../scripts/tries.js';

/** As runtimes name their containers: never an option, never a path. */
const containerSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/)
  .max(128);

// The groups of a program name its container with every runtime, and anybody may read them.
const byGroup = `for file in $(grep -ls -e "$1" /proc/[0-9]*/cgroup); do
  pid=\${file#/proc/}; echo "group \${pid%/cgroup}"
done`;

/** Which program of a node runs in a container: through it everything else of the Pod's network is found. */
export const podNetworkNamespace = defineQuery({
  name: 'pod-network-namespace',
  where: 'node',
  level: 'node',
  limit: 10,
  args: z.strictObject({ container: containerSchema }),
  variants: [
    {
      tool: 'crictl',
      root: true,
      argv: ({ container }) => ['crictl', 'inspect', '--output', 'json', container],
    },
    { tool: 'ctr', root: true, argv: () => ['ctr', '-n', 'k8s.io', 'tasks', 'list'] },
    { tool: 'grep', argv: ({ container }) => shell(byGroup, [container]) },
  ],
  parse: ({ stdout, stderr, tool }, { container }) => parseContainerProcess({ stdout, stderr, tool }, container),
});
