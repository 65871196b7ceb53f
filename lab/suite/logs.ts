import { TOOLS } from '../build/images.ts';
import { type Lab, NETWORK, within } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import { must } from '../machine/run.ts';
import type { Who } from '../scenario/fault.ts';
import { client, service } from '../scenario/manifest.ts';
import { LOKI, shipLogs, startLoki } from './loki.ts';
import { type Finding, looked } from './looked.ts';
import { provePart, type Stage } from './proof.ts';
import type { Tally } from './tally.ts';

const NAMESPACE = 'logged';
const ENDS = ['--from', `pod/${NAMESPACE}/asker`, '--to', `svc/${NAMESPACE}/asked`];
const FLOW = [...ENDS, '--level', 'probe', '--since', '30s'];

/** A client that says what it meets, as programs do: nothing listens where it asks. */
const COMPLAIN = `while sleep 1; do curl -sS -m 1 http://asked.${NAMESPACE}/; done`;
const main = { name: 'main', image: TOOLS, imagePullPolicy: 'Never', command: ['bash', '-c', COMPLAIN] };
const asker = client(NAMESPACE, { name: 'asker', image: TOOLS, pod: { containers: [main] } });

/** What a real Loki keeps of real logs, as the program finds, asks and understands it. */
export const testLogs = (lab: Lab, tally: Tally, program: string): Promise<void> =>
  provePart(lab, tally, {
    name: 'logs',
    namespace: NAMESPACE,
    prepare,
    proofs: [
      ['are missed by nobody where there is no Loki', absent],
      [
        'show what the client complained about',
        async (stage) => {
          await startLoki(stage, program);
          return ofClient(stage);
        },
      ],
      ['show what the cluster DNS complained about', ofDns],
      ['are not read without the right to, but where Loki is named', named],
      ['of a Loki that wants to know the tenant are not read', unnamed],
    ],
  });

async function prepare({ kubectl }: Stage): Promise<void> {
  const asked = service(NAMESPACE, 'asked', { selector: { app: 'server' }, ports: [{ port: 80 }] });
  await kubectl.apply([asked, asker, client(NAMESPACE, { name: 'server', image: TOOLS })]);
  await kubectl.must(['-n', NAMESPACE, 'wait', '--for=condition=Ready', 'pods', '--all', '--timeout=60s']);
}

async function look(lab: Lab, { as = 'admin' as Who, more = [] as readonly string[] } = {}): Promise<Finding> {
  const [found] = await looked(lab, ['history-of-logs-is-quiet'], { as, more: [...FLOW, ...more] });
  if (!found) throw new Error('the check says nothing');
  return found;
}

const unlike = (found: Finding, wanted: string) =>
  found.outcome === wanted
    ? []
    : [`it is ${found.outcome} and not ${wanted}: ${JSON.stringify(found.facts).slice(0, 600)}`];

async function absent({ lab }: Stage): Promise<string[]> {
  return unlike(await look(lab), 'no-history');
}

/** The lines are written while somebody asks: they are sent until they tell. */
const shown = (lab: Lab, outcome: string): Promise<Finding> =>
  eventually(
    `Loki shows ${outcome}`,
    async () => {
      await shipLogs(lab);
      const found = await look(lab);
      const [wrong] = unlike(found, outcome);
      if (wrong) throw new Error(wrong);
      return found;
    },
    { timeoutMs: 60_000, everyMs: 2000 },
  );

async function ofClient({ lab }: Stage): Promise<string[]> {
  const { facts } = await shown(lab, 'client-logged');
  const source = facts['kept-by'];
  return source === 'Service loki/loki:3100' ? [] : [`read from ${source}`];
}

/** The name server of the company does not answer, so CoreDNS says for each name that it waited for nothing. */
async function ofDns({ lab, kubectl }: Stage): Promise<string[]> {
  const silence = ['INPUT', '-d', NETWORK.resolver, '-p', 'udp', '--dport', '53', '-j', 'DROP'];
  const firewall = (change: '-I' | '-D') => must([...within(lab, 'bastion'), 'iptables', '-w', change, ...silence]);
  await firewall('-I');
  try {
    const ask = 'for name in a b c d e f g h; do dig +tries=1 +time=8 $name.example.com >/dev/null & done; wait';
    await kubectl.must(['-n', NAMESPACE, 'exec', 'asker', '--', 'bash', '-c', ask]);
    await shown(lab, 'dns-logged');
  } finally {
    await firewall('-D');
  }
  return [];
}

async function named({ lab }: Stage): Promise<string[]> {
  const [without, by] = [
    await look(lab, { as: 'prober' }),
    await look(lab, { as: 'prober', more: ['--loki', LOKI.open] }),
  ];
  return [...unlike(without, 'forbidden'), ...unlike(by, 'dns-logged')];
}

async function unnamed({ lab }: Stage): Promise<string[]> {
  const found = await look(lab, { more: ['--loki', LOKI.tenants] });
  return unlike(found, 'forbidden');
}
