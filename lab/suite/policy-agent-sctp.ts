import { join } from 'node:path';
import { must } from '../machine/run.ts';
import { at, type Ground } from '../scenario/place.ts';
import type { Places } from './policy-agent-ground.ts';
import { app, policyOf } from './policy-agent-spec.ts';
import { until } from './policy-agent-traffic.ts';

const ALLOWED = 'protocol unreachable';
const REFUSED = 'port unreachable';

/**
 * The kernel of this machine may have no SCTP sockets, but a packet needs none: the pod itself answers it with
 * "protocol unreachable", the agent's REJECT with "port unreachable".
 */
export async function sctp(ground: Ground, places: Places): Promise<string[]> {
  const ask = async (port: string) => {
    const script = join(import.meta.dirname, 'policy-agent-sctp.pl');
    const argv = await at(ground, { netOf: 'buyer' }, ['perl', script, places.addressOf.get('cart') ?? '', port]);
    return (await must(argv, { timeoutMs: 10_000 })).trim();
  };
  const expect = async (port: string, answer: string) => {
    const got = await ask(port);
    return got === answer ? [] : [`${port}/SCTP is answered by "${got}", not by "${answer}"`];
  };
  const open = await expect('9000', ALLOWED);
  const ports = [{ protocol: 'SCTP', port: 9000, endPort: 9005 }];
  await ground.kubectl.apply([policyOf({ ...app('cart'), ingress: [{ ports }] })]);
  await until(ground, places, { flow: 'buyer > cart:8080', answered: false });
  return [
    ...open,
    ...(await expect('9000', ALLOWED)),
    ...(await expect('9005', ALLOWED)),
    ...(await expect('9006', REFUSED)),
  ];
}
