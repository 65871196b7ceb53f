import { type Lab, NETWORK, NODES } from '../cluster/plan.ts';

/** What an operator has in ~/.ssh/config: the nodes from inside, and `via-NODE` through the bastion from outside. */
export function sshConfig(lab: Lab): string {
  const file = (name: string) => `${lab.dir}/ssh/${name}`;
  const host = (name: string, address: string, more: readonly string[] = []) =>
    [`Host ${name}`, `  HostName ${address}`, ...more.map((line) => `  ${line}`), ''].join('\n');
  return [
    host('bastion', NETWORK.bastion, ['User ops']),
    ...NODES.map(({ name, address }) => host(name, address)),
    // The host key is looked up under the name that everybody else uses.
    ...NODES.map(({ name, address }) => host(`via-${name}`, address, ['ProxyJump bastion', `HostKeyAlias ${name}`])),
    'Host *',
    '  User root',
    `  IdentityFile ${file('id_ed25519')}`,
    '  IdentitiesOnly yes',
    `  UserKnownHostsFile ${file('known_hosts')}`,
    '  GlobalKnownHostsFile /dev/null',
    '  StrictHostKeyChecking yes',
    '  ConnectTimeout 5',
    '',
  ].join('\n');
}
