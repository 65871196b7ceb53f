import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseProcesses } from '../../parse/rules/processes.js';

/** The processes that write Service rules, with their state. K3s and RKE2 run kube-proxy inside a process of their own. */
export const kubeProxyProcesses = defineQuery({
  name: 'kube-proxy-processes',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  variants: [
    {
      tool: 'ps',
      argv: () => ['ps', '-C', 'kube-proxy,k3s,k3s-server,k3s-agent,cilium-agent', '-o', 'pid=,stat=,etimes=,comm='],
    },
  ],
  parse: ({ stdout, stderr, exitCode }) => parseProcesses({ stdout, stderr, exitCode }),
});
