import type { Kubectl } from '../cluster/kubectl.ts';
import { eventually } from '../machine/eventually.ts';
import type { Fault } from './fault.ts';

// One line for every request: 1 when the answer was whole.
const SCRIPT = `
i=0
while [ $i -lt "$1" ]; do
  if printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 2 "$2" "$3" 2>/dev/null | grep -q '200 OK'; then echo 1; else echo 0; fi
  i=$((i + 1))
done`;

// A bad third must show itself: 0.67^20 is one run in 3,000.
const ROUNDS = { always: 3, sometimes: 20, never: 10 };

// Long enough for a name to leave CoreDNS's cache, which keeps it for 30 s.
const PATIENCE = { timeoutMs: 90_000, everyMs: 300 };

export async function proveWorking(kubectl: Kubectl, fault: Fault): Promise<void> {
  await eventually(`${describe(fault)} works`, async () => (await requests(kubectl, fault)).every(Boolean), PATIENCE);
}

export async function proveFailing(kubectl: Kubectl, fault: Fault): Promise<void> {
  const fails = async () => {
    const answers = await requests(kubectl, fault);
    return fault.symptom.fails === 'always' ? !answers.some(Boolean) : answers.some(Boolean) && !answers.every(Boolean);
  };
  await eventually(`${describe(fault)} fails ${fault.symptom.fails}`, fails, PATIENCE);
}

async function requests(kubectl: Kubectl, { namespace, symptom }: Fault): Promise<boolean[]> {
  const { client, host, port, fails } = symptom;
  const shell = ['sh', '-c', SCRIPT, 'requests', String(ROUNDS[fails]), host, String(port)];
  const answers = await kubectl.must(['-n', namespace, 'exec', client, '--', ...shell], { timeoutMs: 60_000 });
  return answers
    .trim()
    .split('\n')
    .map((answer) => answer === '1');
}

const describe = ({ symptom }: Fault) => `${symptom.client} to ${symptom.host}:${symptom.port}`;
