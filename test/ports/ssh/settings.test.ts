import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { flagsForSsh, readSettings, settingsOf } from '../../../src/ports/ssh/settings.js';
import { temporaryFolder } from '../../support/temporary.js';

const said = `user cashier
hostname 192.0.2.7
port 2222
addkeystoagent false
identitiesonly yes
identityfile ~/.ssh/till
identityfile /keys/spare
userknownhostsfile ~/.ssh/known_hosts ~/.ssh/known_hosts2
globalknownhostsfile /etc/ssh/ssh_known_hosts
proxyjump first,cashier@second:22
hostkeyalias till-1
identityagent none
`;

it('reads what ssh -G prints', () => {
  expect(readSettings(said, '/home/cashier')).toEqual({
    hostname: '192.0.2.7',
    port: 2222,
    user: 'cashier',
    identityFiles: ['/home/cashier/.ssh/till', '/keys/spare'],
    identitiesOnly: true,
    identityAgent: 'none',
    knownHosts: ['/home/cashier/.ssh/known_hosts', '/home/cashier/.ssh/known_hosts2', '/etc/ssh/ssh_known_hosts'],
    hostKeyAlias: 'till-1',
    jumps: ['first', 'cashier@second:22'],
    beyond: undefined,
  });
});

it.each([
  ['proxycommand nc %h %p', 'ProxyCommand'],
  ['proxycommand none', undefined],
  ['certificatefile /keys/till-cert.pub', 'CertificateFile'],
])('sees in "%s" what takes ssh itself', (line, beyond) => {
  expect(readSettings(`hostname till\n${line}\n`, '/').beyond).toBe(beyond);
});

it('hands every flag to ssh as arguments of its own', () => {
  expect(flagsForSsh({ config: 'c', user: 'u', identity: 'i', knownHosts: 'k', jump: 'j' })).toEqual(
    '-F c -l u -i i -o IdentitiesOnly=yes -o UserKnownHostsFile=k -o GlobalKnownHostsFile=/dev/null -J j'.split(' '),
  );
  expect(flagsForSsh({})).toEqual([]);
});

it('does without ssh by the flags and the usual places', async () => {
  const home = await temporaryFolder();
  const around = { env: { PATH: home, USER: 'cashier' }, home };
  expect(await settingsOf('till-1', { jump: 'door' }, around)).toMatchObject({
    hostname: 'till-1',
    user: 'cashier',
    port: 22,
    jumps: ['door'],
    knownHosts: [join(home, '.ssh/known_hosts'), '/etc/ssh/ssh_known_hosts'],
  });
});

it('takes what an ssh in the path says, and its complaint where it refuses', async () => {
  const home = await temporaryFolder();
  const fake = (script: string) => writeFile(join(home, 'ssh'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const around = { env: { PATH: `${home}:/usr/bin:/bin` }, home };
  await fake('echo "hostname $4"; echo "user $3"');
  expect(await settingsOf('till-1', { user: 'cashier' }, around)).toMatchObject({
    hostname: 'till-1',
    user: 'cashier',
  });
  await fake('echo "config line 3: Bad configuration option: usr" >&2; exit 255');
  await expect(settingsOf('till-1', {}, around)).rejects.toThrow('line 3: Bad configuration option');
});
