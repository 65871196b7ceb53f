import { NODES } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import { must } from '../machine/run.ts';
import { type Argv, at, type Ground, type Place } from '../scenario/place.ts';
import type { Places } from './policy-agent-ground.ts';

/** `buyer > cart:8080`, `buyer > svc/kube-dns:53/udp`, `clerk > names/ping`: who asks whom, and how. */
export type Flow = string;

// All at once: a refusal may take a second, and there are many.
const ALL = `
n=0
for one in "$@"; do
  n=$((n + 1))
  ( sh -c "$one" >/dev/null 2>&1 && echo $n ) &
done
wait`;

/** Asks each flow once; gives those that were answered. */
export async function travel(ground: Ground, places: Places, flows: readonly Flow[]): Promise<Set<Flow>> {
  const answered = await Promise.all(
    [...Map.groupBy(flows, (flow) => sourceOf(flow))].map(async ([source, mine]) => {
      const requests = mine.map((flow) => request(places, flow));
      const argv = await at(ground, placeOf(places, source), ['sh', '-c', ALL, 'flows', ...requests]);
      const numbers = (await must(argv, { timeoutMs: 20_000 })).trim().split('\n').filter(Boolean).map(Number);
      return numbers.flatMap((number) => mine[number - 1] ?? []);
    }),
  );
  return new Set(answered.flat());
}

export const answered = async (ground: Ground, places: Places, flow: string) =>
  (await travel(ground, places, [flow])).has(flow);

export interface Wanted {
  flow: Flow;
  answered: boolean;
  withinMs?: number;
}

export async function until(
  ground: Ground,
  places: Places,
  { flow, answered: wanted, withinMs }: Wanted,
): Promise<void> {
  const reached = async () => (await answered(ground, places, flow)) === wanted;
  await eventually(`${flow} is ${wanted ? 'answered' : 'stopped'}`, reached, { timeoutMs: withinMs ?? 8_000 });
}

const sourceOf = (flow: Flow) => flow.split(' > ')[0] ?? '';

function placeOf({ namespaceOf }: Places, source: string): Place {
  if (source === 'outside') return { net: 'ext' };
  if (NODES.some(({ name }) => name === source)) return { node: source };
  const namespace = namespaceOf.get(source);
  if (!namespace) throw new Error(`no pod ${source}`);
  return { pod: source, namespace };
}

function request(places: Places, flow: Flow): string {
  const [, host = '', port = '', protocol = 'tcp'] = / > (.+?)(?::(\w+))?(?:\/(udp|tcp|ping))?$/.exec(flow) ?? [];
  const address = addressOf(places, host);
  const number = port === 'nodePort' ? places.nodePort : port;
  return requests[protocol]?.(address, number, places.seconds ?? 1).join(' ') ?? '';
}

function addressOf({ addressOf: known }: Places, host: string): string {
  const address = known.get(host) ?? NODES.find(({ name }) => name === host)?.address;
  if (!address) throw new Error(`nobody knows where ${host} is`);
  return address;
}

// Debian's busybox has an nc without -z, and OpenBSD's has no -e.
const CONNECT = (to: string, seconds: number) => `nc -z -w ${seconds} ${to} || nc -w ${seconds} ${to} -e true`;

const requests: Record<string, (address: string, port: string, seconds: number) => Argv> = {
  tcp: (address, port, seconds) => [CONNECT(`${address} ${port}`, seconds)],
  udp: (address, port, seconds) => [
    'dig',
    '+notcp',
    '+tries=1',
    `+time=${seconds}`,
    '-p',
    port,
    `@${address}`,
    'kubernetes.default.svc.cluster.local',
  ],
  ping: (address, _, seconds) => ['ping', '-c', '1', '-W', String(seconds), address],
};
