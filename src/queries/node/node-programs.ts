import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseProcesses } from '../../parse/rules/processes.js';

/** Programs that are, or hold, the kubelet. */
export const kubeletPrograms = ['kubelet', 'k3s', 'k3s-server', 'k3s-agent', 'kubelite', 'hyperkube'] as const;
export const runtimePrograms = ['containerd', 'crio', 'cri-dockerd', 'dockerd'] as const;

/** The processes of the kubelet and of the container runtime, for nodes that no systemd runs. */
export const nodePrograms = defineQuery({
  name: 'node-programs',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  variants: [
    {
      tool: 'ps',
      argv: () => ['ps', '-C', [...kubeletPrograms, ...runtimePrograms].join(','), '-o', 'pid=,stat=,etimes=,comm='],
    },
  ],
  parse: ({ stdout, stderr, exitCode }) => parseProcesses({ stdout, stderr, exitCode }),
});
