import { sshTrouble } from '../access/ssh-trouble.ts';
import { onNode } from '../cluster/node.ts';
import { eventually } from '../machine/eventually.ts';
import { must } from '../machine/run.ts';
import { complaints, ssh } from './access-ssh.ts';
import type { Proof, Stage } from './proof.ts';

const NODE = 'node-b';

type Kind = keyof ReturnType<typeof sshTrouble>;

/** Closes the door of one node, tries it and that of a neighbour, and opens it again. */
const closed =
  (kind: Kind, says: RegExp): Proof =>
  async ({ lab }: Stage) => {
    const { begin, end } = sshTrouble(lab, NODE)[kind];
    const knock = () => ssh(lab, { to: NODE });
    const wrong: string[] = [];
    await must(await onNode(lab, NODE, begin));
    try {
      const shut = async () => (await knock()).code === 255;
      await eventually(`${NODE} lets nobody in`, shut);
      wrong.push(...complaints(await knock(), says, 255));
      const neighbour = await ssh(lab, { to: 'node-c' });
      wrong.push(...complaints(neighbour, /^node-c$/, 0));
    } finally {
      await must(await onNode(lab, NODE, end));
    }
    await eventually(`${NODE} lets people in again`, async () => (await knock()).code === 0);
    return wrong;
  };

export const sshDoors: readonly (readonly [string, Proof])[] = [
  ['a node whose sshd has ended refuses', closed('stopped', /port 22: Connection refused/)],
  ['an sshd that hangs says nothing', closed('hanging', /timed out during banner exchange/)],
  ['a firewall that rejects says so', closed('rejected', /port 22: No route to host/)],
  ['a firewall that drops says nothing', closed('dropped', /port 22: Connection timed out/)],
];
