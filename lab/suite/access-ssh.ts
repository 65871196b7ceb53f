import { writeFile } from 'node:fs/promises';
import { withAgent } from '../access/agent.ts';
import { PASSPHRASE, sshFile } from '../access/ssh-keys.ts';
import { type Lab, within } from '../cluster/plan.ts';
import { type Finished, run } from '../machine/run.ts';
import type { Argv } from '../scenario/place.ts';
import type { Proof } from './proof.ts';

interface Attempt {
  from?: 'bastion' | 'ext';
  options?: Readonly<Record<string, string>>;
  environment?: Argv;
  /** Without the file of the operator, since options only add to its keys; `to` is then an address. */
  bare?: boolean;
  to: string;
  command?: string;
}

export function ssh(lab: Lab, attempt: Attempt): Promise<Finished> {
  const { from = 'bastion', options = {}, environment = [], bare, to, command = 'hostname' } = attempt;
  const known = bare ? { UserKnownHostsFile: sshFile(lab, 'known_hosts') } : {};
  const settings = Object.entries({ BatchMode: 'yes', ConnectTimeout: '2', ...known, ...options });
  const flags = settings.flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  const argv = ['env', ...environment, 'ssh', '-F', bare ? 'none' : sshFile(lab, 'config'), ...flags, to, command];
  return run([...within(lab, from), ...argv], { timeoutMs: 15_000 });
}

type Judge = (lab: Lab) => Attempt;

const opens =
  (attempt: Judge, says: RegExp): Proof =>
  async ({ lab }) =>
    complaints(await ssh(lab, attempt(lab)), says, 0);

const fails =
  (attempt: Judge, says: RegExp, code = 255): Proof =>
  async ({ lab }) =>
    complaints(await ssh(lab, attempt(lab)), says, code);

export function complaints({ code, stdout, stderr }: Finished, says: RegExp, wanted: number): string[] {
  const said = `${stdout}${stderr}`.trim();
  return code === wanted && says.test(said) ? [] : [`exit ${code}, not ${wanted}: ${said}`];
}

const knownBy = (name: string) => (lab: Lab) => ({ UserKnownHostsFile: sshFile(lab, `known_hosts.${name}`) });
const sudo = (command: string) => () => ({ to: 'ops@node-b', command: `sudo -n ${command}` });

// An ssh with a terminal would ask; without one this program answers for the operator.
async function withPassphrase(lab: Lab): Promise<string[]> {
  const options = { IdentityFile: sshFile(lab, 'id_protected'), BatchMode: 'no' };
  const environment = [`SSH_ASKPASS=${sshFile(lab, 'askpass')}`, 'SSH_ASKPASS_REQUIRE=force'];
  await writeFile(sshFile(lab, 'askpass'), `#!/bin/sh\necho '${PASSPHRASE}'\n`, { mode: 0o700 });
  return complaints(await ssh(lab, { bare: true, to: 'root@10.0.0.11', options, environment }), /^node-a$/, 0);
}

const byAgent: Proof = ({ lab }) =>
  withAgent(lab, async (socket) => {
    const environment = [`SSH_AUTH_SOCK=${socket}`];
    const options = { IdentityFile: 'none' };
    return complaints(await ssh(lab, { bare: true, to: 'root@10.0.0.12', options, environment }), /^node-b$/, 0);
  });

export const sshAccess: readonly (readonly [string, Proof])[] = [
  ['a key opens every node', opens(() => ({ to: 'node-a' }), /^node-a$/)],
  ['a key with a passphrase opens a node', ({ lab }) => withPassphrase(lab)],
  ['a key in an agent opens a node', byAgent],
  [
    'a strange key opens nothing',
    fails(
      (lab) => ({ bare: true, to: 'root@10.0.0.11', options: { IdentityFile: sshFile(lab, 'id_stranger') } }),
      /Permission denied \(publickey\)/,
    ),
  ],
  ['from outside the nodes are behind the bastion', opens(() => ({ from: 'ext', to: 'via-node-c' }), /^node-c$/)],
  ['from outside the nodes do not answer', fails(() => ({ from: 'ext', to: 'node-c' }), /timed out/)],
  ['a port without a server refuses', fails(() => ({ to: 'node-a', options: { Port: '2222' } }), /Connection refused/)],
  ['hashed names are known', opens((lab) => ({ to: 'node-b', options: knownBy('hashed')(lab) }), /^node-b$/)],
  [
    'an authority vouches for a host',
    opens((lab) => ({ to: 'node-c', options: knownBy('authority')(lab) }), /^node-c$/),
  ],
  [
    'an unknown host is refused',
    fails((lab) => ({ to: 'node-a', options: knownBy('empty')(lab) }), /Host key verification failed/),
  ],
  [
    'a changed host key is refused',
    fails((lab) => ({ to: 'node-c', options: knownBy('changed')(lab) }), /HOST IDENTIFICATION HAS CHANGED/),
  ],
  [
    'a revoked host key is refused',
    fails((lab) => ({ to: 'node-c', options: knownBy('revoked')(lab) }), /REVOKED HOST KEY/),
  ],
  ['ops reads the rules with sudo', opens(sudo('iptables-save'), /KUBE-KUBELET-CANARY/)],
  ['ops reads the connections with sudo', opens(sudo('conntrack -L -p tcp'), /flow entries have been shown/)],
  ['ops may not do more', fails(sudo('ip link set cni0 down'), /a password is required/, 1)],
  [
    'without sudo ops does not see the rules',
    fails(() => ({ to: 'ops@node-b', command: '/usr/sbin/iptables-save' }), /Permission denied/, 4),
  ],
  [
    'audit has no sudo at all',
    fails(() => ({ to: 'audit@node-b', command: 'sudo -n iptables-save' }), /a password is required/, 1),
  ],
];
