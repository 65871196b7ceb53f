import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { RunPort } from '../../../src/domain/ports.js';
import type { ResolveFacts } from '../../../src/parse/resolve.js';
import { askOverTcp } from '../../../src/queries/dns/ask-over-tcp.js';
import { askServers } from '../../../src/queries/probes/dns-servers.js';
import type { resolveName } from '../../../src/queries/resolve-name.js';

type Heard = ResolveFacts['class'];
const facts = (heard: Heard): ResolveFacts => ({
  ...{ tool: 'dig', class: heard, addresses: [], canonical: '', server: '', message: '' },
});
const servers = ['10.96.0.10', '10.244.1.2', '10.244.2.2'].map((address) => ({
  ...{ address, role: 'service' as const, pod: '', node: '' },
}));

const place = (hear: (transport: string, server: string, time: number) => Heard | undefined) => {
  const asked: string[] = [];
  const run = async (query: unknown, { server = '' }: { server?: string }) => {
    const transport = query === askOverTcp ? 'tcp' : 'udp';
    asked.push(`${transport} ${server}`);
    const heard = hear(transport, server, asked.filter((one) => one === asked.at(-1)).length);
    if (!heard) throw new CannotLook('lost', 'gone');
    return facts(heard);
  };
  return { asked, port: { run } as unknown as RunPort<typeof resolveName | typeof askOverTcp> };
};

it('asks all servers, and then those that were silent once more, together', async () => {
  const { asked, port } = place((transport, server, time) =>
    transport === 'udp' && server !== '10.244.2.2' && time === 1 ? 'timeout' : 'found',
  );
  const found = await askServers(port, servers, 'cart.');
  expect(found.map(({ udp, tcp }) => [udp.class, tcp?.class])).toEqual(servers.map(() => ['found', 'found']));
  expect(asked.slice(-2)).toEqual(['udp 10.96.0.10', 'udp 10.244.1.2']);
  expect(asked).toHaveLength(8);
});

it('knows nothing of TCP where the second question could not be asked', async () => {
  const { port } = place((transport, _, time) => (transport === 'udp' ? 'found' : time === 1 ? 'timeout' : undefined));
  expect((await askServers(port, servers, 'cart.')).map(({ tcp }) => tcp)).toEqual([undefined, undefined, undefined]);
});

it('is not heard of where nobody could ask over UDP', async () => {
  const { port } = place((transport) => (transport === 'udp' ? undefined : 'found'));
  await expect(askServers(port, servers, 'cart.')).rejects.toThrow(CannotLook);
});
