import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { type Lab, NETWORK, NODES } from '../cluster/plan.ts';
import { must } from '../machine/run.ts';
import { sshConfig } from './ssh-config.ts';

export const sshFile = (lab: Lab, name: string) => `${lab.dir}/ssh/${name}`;

/** Of `id_protected`. */
export const PASSPHRASE = 'open sesame';

export const HOSTS = [
  { name: 'bastion', address: NETWORK.bastion },
  ...NODES.map(({ name, address }) => ({ name, address })),
];

/** Keys of hosts and of people, and the files that an operator would have: config and known_hosts, good and bad. */
export async function makeSshKeys(lab: Lab): Promise<void> {
  const people = [
    generate(lab, 'id_ed25519'),
    generate(lab, 'id_protected', PASSPHRASE),
    // Its public half is on no host.
    generate(lab, 'id_stranger'),
  ];
  await Promise.all([
    ...people,
    ...HOSTS.map(({ name }) => generate(lab, `host_${name}`)),
    generate(lab, 'host_changed'),
    generate(lab, 'host_authority'),
  ]);
  const allowed = await Promise.all(['id_ed25519', 'id_protected'].map((name) => publicKey(lab, name)));
  await writeFile(sshFile(lab, 'authorized_keys'), `${allowed.join('\n')}\n`);
  await signHosts(lab);
  await writeKnownHosts(lab);
  await writeFile(sshFile(lab, 'config'), sshConfig(lab));
}

async function generate(lab: Lab, name: string, passphrase = ''): Promise<void> {
  await must(['ssh-keygen', '-q', '-t', 'ed25519', '-N', passphrase, '-C', name, '-f', sshFile(lab, name)]);
}

/** Type and key, without the comment: what both authorized_keys and known_hosts want. */
async function publicKey(lab: Lab, name: string): Promise<string> {
  const [type = '', key = ''] = (await readFile(sshFile(lab, `${name}.pub`), 'utf8')).split(' ');
  return `${type} ${key}`;
}

// Every host shows its certificate beside its key; who trusts the authority needs no line for each host.
async function signHosts(lab: Lab): Promise<void> {
  await Promise.all(
    HOSTS.map(({ name, address }) =>
      must([
        ...['ssh-keygen', '-q', '-h', '-s', sshFile(lab, 'host_authority'), '-I', name],
        ...['-n', `${name},${address}`, '-V', '-1h:+30d', sshFile(lab, `host_${name}.pub`)],
      ]),
    ),
  );
}

async function writeKnownHosts(lab: Lab): Promise<void> {
  const keys = await Promise.all(HOSTS.map(({ name }) => publicKey(lab, `host_${name}`)));
  const line = (at: number, key: string) => `${HOSTS[at]?.name},${HOSTS[at]?.address} ${key}`;
  const good = keys.map((key, at) => line(at, key));
  const changed = await publicKey(lab, 'host_changed');
  const authority = await publicKey(lab, 'host_authority');
  const write = (name: string, lines: readonly string[]) =>
    writeFile(sshFile(lab, name), lines.map((text) => `${text}\n`).join(''));
  await Promise.all([
    write('known_hosts', good),
    write('known_hosts.empty', []),
    write('known_hosts.changed', [...good.slice(0, -1), line(HOSTS.length - 1, changed)]),
    write('known_hosts.revoked', [...good, `@revoked * ${keys.at(-1)}`]),
    write('known_hosts.authority', [`@cert-authority * ${authority}`]),
  ]);
  await copyFile(sshFile(lab, 'known_hosts'), sshFile(lab, 'known_hosts.hashed'));
  await must(['ssh-keygen', '-q', '-H', '-f', sshFile(lab, 'known_hosts.hashed')]);
}
