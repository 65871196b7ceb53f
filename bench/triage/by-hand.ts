import { join } from 'node:path';
import { kubeconfig, type Lab, within } from '../../lab/cluster/plan.ts';
import type { Fault } from '../../lab/scenario/fault.ts';
import { time } from '../measure/time.ts';

const SCRIPT = join(import.meta.dirname, '../by-hand.sh');

export interface ByHand {
  seconds: number;
  commands: number;
  /** Lines somebody would have to read. */
  lines: number;
}

export async function byHandOnce(lab: Lab, kube: string, { flow, objects }: Fault): Promise<ByHand> {
  const [, namespace = '', client = ''] = flow.from.split('/');
  const service = flow.to.split('/')[2]?.split(':')[0] ?? '';
  const argv = [
    ...within(lab, 'bastion'),
    'bash',
    SCRIPT,
    namespace,
    client,
    service,
    String(portOf(objects, service)),
  ];
  const env = { ...process.env, KUBECTL: `${kube} kubectl --kubeconfig ${kubeconfig(lab, 'admin')}` };
  const { seconds, stdout, stderr, code } = await time(argv, { env, timeoutMs: 180_000 });
  const [, commands] = /^(\d+) commands$/m.exec(stdout) ?? [];
  if (code !== 0 || commands === undefined) throw new Error(`by-hand.sh ended with ${code}: ${stderr.slice(0, 300)}`);
  return { seconds, commands: Number(commands), lines: stdout.split('\n').length };
}

interface ServiceSpec {
  ports?: { port: number }[];
}

// The port that the people on call know: the first one of the Service.
const portOf = (objects: Fault['objects'], name: string) => {
  const service = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === name);
  return (service?.spec as ServiceSpec | undefined)?.ports?.[0]?.port ?? 80;
};
