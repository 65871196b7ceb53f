import type { Kubectl } from '../cluster/kubectl.ts';
import { enter, nodePid } from '../cluster/node.ts';
import { type Lab, NETWORK, NODES } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import { run } from '../machine/run.ts';

const NAME = 'kubernetes.default.svc.cluster.local';

/** What is still broken after a fault was healed: every node has to reach every CoreDNS pod, the VIP, and the others. */
export async function soundness(lab: Lab, kubectl: Kubectl): Promise<string[]> {
  let wrong: string[] = [];
  const sound = async () => {
    wrong = (
      await Promise.all([notReady(kubectl), ...NODES.map(({ name }) => unreachableFrom(lab, kubectl, name))])
    ).flat();
    return wrong.length === 0;
  };
  await eventually('the lab is sound', sound, { timeoutMs: 30_000, everyMs: 500 }).catch(() => {});
  return wrong;
}

async function notReady(kubectl: Kubectl): Promise<string[]> {
  const path = '{range .items[*]}{.metadata.name}={.status.conditions[?(@.type=="Ready")].status}{"\\n"}{end}';
  const states = await Promise.all(
    [['nodes'], ['pods', '-n', 'kube-system'], ['pods', '-n', 'kube-flannel']].map((what) =>
      kubectl.must(['get', ...what, '-o', `jsonpath=${path}`]),
    ),
  );
  return states
    .flatMap((text) => text.trim().split('\n'))
    .filter((line) => line !== '' && !line.endsWith('=True'))
    .map((line) => `${line.split('=')[0]} is not ready`);
}

async function unreachableFrom(lab: Lab, kubectl: Kubectl, node: string): Promise<string[]> {
  const pid = await nodePid(lab, node);
  if (pid === undefined) return [`${node} is not up`];
  const path = 'jsonpath={.items[*].status.podIP}';
  const pods = (await kubectl.must(['-n', 'kube-system', 'get', 'pods', '-l', 'k8s-app=kube-dns', '-o', path])).split(
    ' ',
  );
  const answers = await Promise.all(
    [NETWORK.dnsVip, ...pods].map(async (server) => {
      const { stdout } = await run(enter(pid, ['dig', '+tries=1', '+time=1', `@${server}`, NAME]));
      return stdout.includes('status: NOERROR') ? [] : [`${node} gets no answer from ${server}:53`];
    }),
  );
  return answers.flat();
}
