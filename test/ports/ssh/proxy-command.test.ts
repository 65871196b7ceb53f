import { expect, it } from 'vitest';
import { readHop } from '../../../src/ports/ssh/hop.js';
import { proxyCommand } from '../../../src/ports/ssh/proxy-command.js';

const strict = '-o BatchMode=yes -o StrictHostKeyChecking=yes -o ConnectTimeout=8 -E way.log';

it('needs nothing where no host is on the way', () =>
  expect(proxyCommand({ user: 'cashier' }, [], 'way.log')).toBeUndefined());

it('takes along what holds for every host, and not the user of the last one', () => {
  expect(
    proxyCommand({ config: 'c', user: 'cashier', knownHosts: 'k', jump: 'door' }, ['guard@door:2222'], 'way.log'),
  ).toBe(
    `ssh -F c -l guard -o UserKnownHostsFile=k -o GlobalKnownHostsFile=/dev/null ${strict} -p 2222 -W '[%h]:%p' door`,
  );
});

it('keeps the tokens of the way within for the ssh that runs it', () => {
  const within = `ProxyCommand=ssh ${strict} -W '"'"'[%%h]:%%p'"'"' first`.replaceAll(`'"'"'`, `'\\''`);
  expect(proxyCommand({}, ['first', 'second'], 'way.log')).toBe(`ssh ${strict} -o '${within}' -W '[%h]:%p' second`);
});

it.each([
  ['door', { host: 'door' }],
  ['guard@door:2222', { user: 'guard', host: 'door', port: '2222' }],
  ['[2001:db8::7]:22', { host: '2001:db8::7', port: '22' }],
])('reads the hop %s', (words, hop) => expect(readHop(words)).toEqual({ user: undefined, port: undefined, ...hop }));
