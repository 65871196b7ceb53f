import { expect, it } from 'vitest';
import { flowBetween, readEnd } from '../../../src/domain/ends.js';
import step from '../../../src/steps/connectivity/node-listens-on-the-port.js';
import { ran } from '../../support/fake-world.js';
import { looking } from '../look.js';

const look = looking(step, 'node-listens-on-the-port');
const nodes = [{ metadata: { name: 'node-b' }, status: { addresses: [{ type: 'InternalIP', address: '10.0.0.12' }] } }];
const sockets = [
  'tcp LISTEN 0      4096            *:10250       *:*',
  'tcp LISTEN 0      4096    127.0.0.1:10248 0.0.0.0:*',
  'tcp LISTEN 0      4096    10.0.0.12:2379  0.0.0.0:*',
  'tcp LISTEN 0      4096  192.168.7.1:9100  0.0.0.0:*',
  'tcp LISTEN 0      4096        [::1]:631      [::]:*',
  'tcp LISTEN 0      4096 [fd00::12%eth0]:5000 [::]:*',
  'udp UNCONN 0      0         0.0.0.0:8472  0.0.0.0:*',
].join('\n');
const seen = (to: string, said = ran(`${sockets}\n`, { tool: 'ss' })) =>
  look(
    { nodes },
    { flow: flowBetween(readEnd('outside', 'shop'), readEnd(`node/${to}`, 'shop')), answers: { node: () => said } },
  );

it.each([
  ['listening', 'node-b:10250'],
  ['listening', 'node-b:2379'],
  ['listening', 'node-b:8472/udp'],
  ['loopback-only', 'node-b:10248'],
  ['loopback-only', 'node-b:631'],
  ['other-address', 'node-b:9100'],
  ['nothing', 'node-b:31330'],
  ['nothing', 'node-b:8472'],
  ['no-port', 'node-b'],
])('%s: %s', async (outcome, to) => {
  const found = await seen(to);
  expect(found).toMatchObject({ outcome, facts: { node: 'node-b' } });
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{[a-z-]+\}/);
});

it('other-family: a socket that takes IPv6 only', async () => {
  const only = ran('tcp LISTEN 0 4096 [::]:5000 [::]:*\n', { tool: 'ss' });
  expect((await seen('node-b:5000', only)).outcome).toBe('other-family');
});

it('is no accusation where only rules serve the port, as with a node port', async () => {
  expect((await seen('node-b:31330')).result).toBe('unsure');
});

it('cannot look where the table was not understood', async () => {
  await expect(seen('node-b:80', ran('ss: not found', { tool: 'ss', exitCode: 127 }))).rejects.toThrow(
    'could not be read',
  );
});
