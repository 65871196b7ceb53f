import { sshFile } from '../access/ssh-keys.ts';
import { onNode } from '../cluster/node.ts';
import { kubeconfig, type Lab } from '../cluster/plan.ts';
import { must, run } from '../machine/run.ts';
import { command } from './program.ts';
import type { Proof } from './proof.ts';

/** The API server is gone for the program; the nodes and their doors are as ever. */
const walk = (lab: Lab, to: string) => {
  const where = ['--kubeconfig', kubeconfig(lab, 'dead'), '--ssh-config', sshFile(lab, 'config')];
  const flags = ['--no-input', '-o', 'json', '--level', 'node', ...where];
  return run(command(lab, { flow: { from: 'node/node-a', to } }, flags), { timeoutMs: 60_000 });
};

const expects = async (lab: Lab, to: string, wanted: { code: number; says: RegExp }) => {
  const { code, stdout, stderr } = await walk(lab, to);
  return code === wanted.code && wanted.says.test(stdout)
    ? []
    : [`${to}: exit ${code}: ${stdout.slice(0, 600)}${stderr}`];
};

const rule = (verb: '-I' | '-D') => ['iptables', '-w', verb, 'INPUT', '-p', 'tcp', '--dport', '10250', '-j', 'DROP'];

const closedPort: Proof = async ({ lab }) => {
  await must(await onNode(lab, 'node-b', rule('-I')));
  try {
    return await expects(lab, 'node/node-b:10250', { code: 3, says: /"NODE-08"/ });
  } finally {
    await must(await onNode(lab, 'node-b', rule('-D')));
  }
};

export const withoutApi: readonly (readonly [string, Proof])[] = [
  [
    'two nodes are walked between without an API server',
    async ({ lab }) => [
      ...(await expects(lab, 'node/node-b:22', { code: 0, says: /"healthy"/ })),
      ...(await expects(lab, 'ip/10.0.0.13:22', { code: 0, says: /"healthy"/ })),
    ],
  ],
  ['a firewall of a node is found without an API server', closedPort],
];
