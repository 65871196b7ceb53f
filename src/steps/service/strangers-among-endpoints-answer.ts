import { z } from 'zod';
import { capped } from '../../domain/capped.js';
import { addressesOf, endpointsOf, strangersIn } from '../../domain/endpoints.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { defineStep } from '../../domain/step.js';
import { targetsOf, toTry } from '../../domain/targets.js';
import { type Tried, triedSchema, tryEach } from '../../queries/probes/each-target.js';
import { tcpConnect } from '../../queries/tcp-connect.js';

const failed = ({ connect }: Tried) => connect.open === 0;
const places = (tried: readonly Tried[]) => capped(tried.map(({ address, port }) => `${address}:${port}`));

export default defineStep({
  stage: 'service',
  level: 'probe',
  cost: 1,
  reads: ['services', 'endpointslices'],
  runs: [tcpConnect],
  from: ['pod'],
  to: ['service'],
  evidence: z.object({ strangers: z.array(z.string()), tried: z.array(triedSchema) }),
  outcomes: {
    'no-strangers': 'pass',
    answer: 'pass',
    'only-strangers-fail': 'fail',
    'others-fail-too': 'unsure',
    'none-to-try': 'unsure',
  },

  async collect({ kube, pod }, flow) {
    const { service, slices } = await serviceAndEndpoints(kube, flow.to);
    const strangers = addressesOf(strangersIn(endpointsOf(slices)));
    const targets = strangers.length > 0 && flow.protocol === 'TCP' ? targetsOf(service, slices, flow) : [];
    const added = targets.filter(({ address }) => strangers.includes(address)).slice(0, 4);
    const own = toTry(targets.filter(({ address }) => !strangers.includes(address))).slice(0, 4);
    const source = pod({ namespace: flow.from.namespace, name: flow.from.name });
    return { strangers, tried: await tryEach(source, [...added, ...own]) };
  },

  interpret({ strangers, tried }) {
    if (strangers.length === 0) return { outcome: 'no-strangers' };
    const added = tried.filter(({ address }) => strangers.includes(address));
    const own = tried.filter((one) => !added.includes(one));
    const [first] = added;
    if (!first) return { outcome: 'none-to-try' };
    const silent = added.filter(failed);
    const facts = {
      addresses: places(silent.length > 0 ? silent : added),
      answering: places(own.filter((one) => !failed(one))),
      failing: places(own.filter(failed)),
      ...{ address: first.address, 'target-port': first.port },
    };
    if (silent.length === 0) return { outcome: 'answer', facts };
    // Where an endpoint of the controller fails as well, the trouble is not theirs alone.
    const alone = own.length > 0 && !own.some(({ connect }) => connect.failed > 0);
    return { outcome: alone ? 'only-strangers-fail' : 'others-fail-too', facts };
  },
});
