import { globSync, statSync } from 'node:fs';
import { inNode, type Node } from './node.ts';

/** What the containers of a workload wrote, read on the nodes: the way through the API server may be what is broken. */
export function podLogs(nodes: readonly Node[], namespace: string, workload: string): string[] {
  const files = nodes.flatMap(({ pid }) => globSync(inNode(pid, `/var/log/pods/${namespace}_${workload}-*/*/*.log`)));
  return files.filter((file) => statSync(file).size > 0);
}
