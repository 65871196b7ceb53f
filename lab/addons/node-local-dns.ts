import { applyManifest } from '../cluster/manifest.ts';
import { enter, type Node } from '../cluster/node.ts';
import { eventually } from '../machine/eventually.ts';
import { run } from '../machine/run.ts';
import type { Addon } from './addon.ts';

/** A DNS cache on every node, which takes over the cluster's DNS address there. */
export const nodeLocalDns: Addon = {
  async install(lab, kubectl, nodes) {
    await applyManifest(lab, kubectl, 'node-local-dns.yaml');
    await kubectl.must(['-n', 'kube-system', 'rollout', 'status', 'ds/node-local-dns', '--timeout=60s']);
    // Its pods count as ready before the rules are there, which come once CoreDNS answers.
    await Promise.all(
      nodes.map((node) => eventually(`the rules of the DNS cache on ${node.name}`, () => takesOver(node))),
    );
  },
};

// The last of the rules that its program writes.
const LAST = ['OUTPUT', '-p', 'tcp', '-s', '10.96.0.10', '--sport', '8080', '-j', 'NOTRACK'];

async function takesOver({ pid }: Node): Promise<boolean> {
  const comment = ['-m', 'comment', '--comment', 'NodeLocal DNS Cache: skip conntrack'];
  return (await run(enter(pid, ['iptables', '-w', '-t', 'raw', '-C', ...LAST, ...comment]))).code === 0;
}
