import { z } from 'zod';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { defineStep } from '../../domain/step.js';
import { targetsOf } from '../../domain/targets.js';
import { pingFactsSchema } from '../../parse/ping.js';
import { ping } from '../../queries/ping.js';

const echoSchema = z.object({ address: z.string(), near: z.boolean(), ping: pingFactsSchema });
type Echo = z.infer<typeof echoSchema>;

const isHeard = ({ ping: { class: spoken } }: Echo) => spoken === 'answers' || spoken === 'some-lost';
const isUntold = ({ ping: { class: spoken } }: Echo) => ['not-permitted', 'no-name', 'other'].includes(spoken);

const judge = (echoes: readonly Echo[]) => {
  if (echoes.length === 0) return 'none-to-try';
  if (echoes.some(isUntold)) return 'not-permitted';
  const silent = echoes.filter((echo) => !isHeard(echo));
  if (silent.length === 0) return 'answers';
  if (silent.length === echoes.length) return 'silent';
  return silent[0]?.near ? 'near-silent' : 'far-silent';
};

export default defineStep({
  stage: 'connectivity',
  level: 'probe',
  cost: 1,
  reads: ['services', 'endpointslices', 'pods'],
  runs: [ping],
  from: ['pod'],
  to: ['service'],
  evidence: z.object({ echoes: z.array(echoSchema) }),
  // Firewalls often drop ICMP and nothing else, so silence alone is never a failure.
  outcomes: {
    answers: 'pass',
    'far-silent': 'unsure',
    'near-silent': 'unsure',
    silent: 'unsure',
    'not-permitted': 'unsure',
    'none-to-try': 'unsure',
  },

  async collect({ kube, pod }, flow) {
    const source = await kube.get('pods', { namespace: flow.from.namespace, name: flow.from.name });
    const { service, slices } = await serviceAndEndpoints(kube, flow.to);
    const node = source?.spec?.nodeName ?? '';
    const targets = targetsOf(service, slices, flow).map((target) => ({ ...target, near: target.node === node }));
    const chosen = [true, false].flatMap((near) => targets.find((target) => target.near === near) ?? []);
    const run = pod({ namespace: flow.from.namespace, name: flow.from.name });
    const echo = async ({ address, near }: { address: string; near: boolean }) => ({
      address,
      near,
      ping: await run.run(ping, { host: address, count: 2 }),
    });
    return { echoes: await Promise.all(chosen.map(echo)) };
  },

  interpret({ echoes }) {
    const addresses = echoes.map(({ address }) => address);
    const failing = echoes.filter((echo) => !isHeard(echo)).map(({ address }) => address);
    return { outcome: judge(echoes), facts: { addresses, failing, address: failing[0] ?? addresses[0] ?? '' } };
  },
});
