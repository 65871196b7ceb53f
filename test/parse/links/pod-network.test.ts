import { expect, it } from 'vitest';
import { parseContainerProcess } from '../../../src/parse/links/container-pid.js';
import { parsePodNetwork } from '../../../src/parse/links/pod-network.js';
import { corpus } from '../corpus.js';
import { recorded } from '../recorded.js';

it.each(['nsenter', 'busybox'])('reads the three tables of a Pod, by %s', (tool) => {
  const { links, routes, neighbours } = parsePodNetwork(recorded('pod-network', tool));
  expect([links, routes, neighbours].map(({ understood, strange }) => [understood, strange])).toEqual([
    [true, []],
    [true, []],
    [true, []],
  ]);
  expect(links.rows[1]).toMatchObject({ name: 'eth0', addresses: [{ address: '10.244.1.7', prefix: 24 }, {}] });
  expect(links.rows[1]?.peer).toBeGreaterThan(1);
  expect(routes.rows.map(({ to }) => to)).toEqual(['default', '10.244.1.0/24']);
  expect(neighbours.rows).toMatchObject([{ address: '10.244.1.1', mac: '02:00:00:00:00:01', state: 'PERMANENT' }]);
});

it('calls nothing absent that the script did not come to', () => {
  const { links, routes, neighbours } = parsePodNetwork('nsenter: reassociate to namespaces failed\n');
  expect([links, routes, neighbours].map(({ understood }) => understood)).toEqual([false, false, false]);
  expect(parsePodNetwork('== links\n\n== routes\n').links.understood).toBe(false);
});

const container = '22618064cba4328fcf77cbbc1430e0d648a3dec7245193afc5b620346769c7ba';
const said = (tool: string, stdout: string) => parseContainerProcess({ stdout, stderr: '', tool }, container);

it('finds the process in what each runtime says', () => {
  expect(said('ctr', corpus('plain/healthy/node-b/containerd-tasks.txt'))).toEqual({ pid: 585, message: '' });
  expect(said('crictl', '{"status":{"id":"x"},"info":{"sandboxID":"y","pid":585}}').pid).toBe(585);
  expect(said('grep', 'group 601\ngroup 585\n').pid).toBe(585);
});

it.each([
  ['crictl', ''],
  ['crictl', '{"info":{"pid":0}}'],
  ['ctr', `${container}    585    STOPPED`],
  ['ctr', 'TASK PID STATUS'],
  ['grep', ''],
  ['grep', 'group self'],
])('knows no process by %s from %j', (tool, stdout) => expect(said(tool, stdout).pid).toBeUndefined());
