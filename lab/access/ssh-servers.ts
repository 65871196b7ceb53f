import { writeFile } from 'node:fs/promises';
import { enter, type Node, startOnNode } from '../cluster/node.ts';
import { type Lab, log, NETWORK, NODES, within } from '../cluster/plan.ts';
import { startDaemon } from '../machine/daemon.ts';
import { eventually } from '../machine/eventually.ts';
import { must, run } from '../machine/run.ts';
import { HOSTS, sshFile } from './ssh-keys.ts';

const SCRIPTS = import.meta.dirname;

/** OpenSSH on every node and on the bastion. From outside the nodes are only reached through the bastion. */
export async function startSsh(lab: Lab, nodes: readonly Node[]): Promise<void> {
  await Promise.all(HOSTS.map(({ name, address }) => configure(lab, name, address)));
  const server = (name: string) => ['/usr/sbin/sshd', '-D', '-e', '-f', sshFile(lab, `${name}.conf`)];
  await Promise.all(nodes.map((node) => must(enter(node.pid, ['sh', `${SCRIPTS}/ssh-users.sh`]))));
  for (const node of nodes) startOnNode(lab, node, server(node.name));
  const ground = ['unshare', '--mount', '--propagation', 'private', 'sh', `${SCRIPTS}/bastion.sh`, sshFile(lab, 'etc')];
  startDaemon(log(lab, 'sshd'), [...within(lab, 'bastion'), ...ground, ...server('bastion')]);
  await closeOutside(lab);
  await Promise.all(HOSTS.map(({ name, address }) => answers(lab, name, address)));
}

async function configure(lab: Lab, name: string, address: string): Promise<void> {
  const lines = [
    `ListenAddress ${address}`,
    `HostKey ${sshFile(lab, `host_${name}`)}`,
    `HostCertificate ${sshFile(lab, `host_${name}-cert.pub`)}`,
    `AuthorizedKeysFile ${sshFile(lab, 'authorized_keys')}`,
    // The folder of the lab may belong to anybody.
    'StrictModes no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin prohibit-password',
    'UsePAM no',
    'PidFile /run/sshd.pid',
    'MaxStartups 50',
    'Subsystem sftp internal-sftp',
    // A bastion passes on and does nothing else.
    ...(name === 'bastion' ? ['PermitTTY no', 'X11Forwarding no', 'AllowUsers ops'] : []),
  ];
  await writeFile(sshFile(lab, `${name}.conf`), `${lines.join('\n')}\n`);
}

async function closeOutside(lab: Lab): Promise<void> {
  const nodes = NODES.map(({ address }) => address).join(',');
  const rule = ['-A', 'FORWARD', '-i', 'u-ext', '-d', nodes, '-p', 'tcp', '--dport', '22', '-j', 'DROP'];
  await must([...within(lab, 'underlay'), 'iptables-legacy', '-w', ...rule]);
}

async function answers(lab: Lab, name: string, address: string): Promise<void> {
  // The resolver's second address is on the bastion as well, so the place to ask from is another one.
  const greeting = [...within(lab, 'cp'), 'timeout', '2', 'nc.openbsd', '-N', address, '22'];
  const greets = async () => (await run(greeting, { input: '' })).stdout.startsWith('SSH-2.0-');
  await eventually(`sshd of ${name} (${NETWORK.apiServer} to ${address}) answers`, greets, {
    timeoutMs: 10_000,
    everyMs: 20,
  });
}
