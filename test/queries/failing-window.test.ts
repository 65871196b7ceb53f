import { expect, it } from 'vitest';
import type { Flow } from '../../src/domain/flow.js';
import { failing } from '../../src/queries/probes/risen.js';
import step from '../../src/steps/mtu-conntrack/connection-table-has-room.js';
import { recorded } from '../parse/recorded.js';
import { looking } from '../steps/look.js';
import { town } from '../steps/mtu-conntrack/tables.js';
import { ran } from '../support/fake-world.js';

const look = looking(step, 'connection-table-has-room');
const dns = {
  metadata: { namespace: 'shop', name: 'cart' },
  spec: { clusterIP: '10.96.1.2', selector: { app: 'cart' }, ports: [{ port: 53, protocol: 'UDP', targetPort: 8080 }] },
};
const toCart = (from: Flow['from'], port: number): Flow => ({
  from,
  to: { kind: 'service', namespace: 'shop', name: 'cart' },
  protocol: 'UDP',
  port,
});
const pod = { kind: 'pod', namespace: 'shop', name: 'client' } as const;
const node = { kind: 'node', name: 'node-a' } as const;

const seen = async (from: Flow['from'], said: string, port = 53) => {
  const asked: string[] = [];
  const answer = (where: string) => (query: string, args: object) => {
    if (query === 'ask-anew') asked.push(`${where} ${JSON.stringify(args)}`);
    if (query === 'ask-anew') return ran(recorded('ask-anew', `dig-${said}`), { tool: 'dig' });
    if (query === 'resolver-config') return ran(recorded('resolv-conf', 'cluster'));
    return ran(recorded('kernel-counters', 'since' in args ? 'ports-gone' : 'before'), { tool: 'grep' });
  };
  const ports = [{ ...dns.spec.ports[0], port }];
  const services = [{ ...dns, spec: { ...dns.spec, ports } }];
  const flow = toCart(from, port);
  const found = await look({ ...town, services }, { flow, answers: { pod: answer('pod'), node: answer('node') } });
  return { ...found, asked };
};

it('asks a name server, and what does not answer has failed', async () => {
  const found = await seen(pod, 'silent');
  expect(found.asked).toEqual([
    expect.stringContaining('"host":"10.96.1.2","port":53,"name":"kubernetes.default.svc.'),
  ]);
  expect(failing(found.evidence)).toBe(3);
  expect(failing((await seen(pod, 'refused')).evidence)).toBe(3);
});

it('takes any answer for one', async () => {
  const found = await seen(pod, 'answered');
  expect(found.evidence.connects).toMatchObject({ of: 3, open: 3, failed: 0 });
});

it('asks from the node itself where the flow starts there', async () => {
  const found = await seen(node, 'silent');
  expect(found.asked).toEqual([expect.stringMatching(/^node .*kubernetes\.default/)]);
});

it('tries nothing over UDP that need not answer', async () => {
  const found = await seen(pod, 'silent', 514);
  expect(found.asked).toEqual([]);
  expect(found.evidence.connects).toBeUndefined();
});
