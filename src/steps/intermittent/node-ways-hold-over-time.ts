import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { nodesOfFlow } from '../../domain/flow-nodes.js';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { defineStep } from '../../domain/step.js';
import { accountOf } from '../../parse/recorder/account.js';
import { judgeNodeRecording, nodeRecordingOutcomes } from '../../parse/recorder/judge-nodes.js';
import { risesWithFailures, rosesSchema } from '../../parse/recorder/rises.js';
import { isWell, momentsOf, type Series, seriesSchema } from '../../parse/recorder/series.js';
import { recordingFacts } from '../../parse/recorder/told.js';
import { windowQueries } from '../../queries/probes/failing-window.js';
import { countersOverTime, waysOfNode } from '../../queries/probes/recorded-node-ways.js';
import { record } from '../../queries/probes/recording.js';
import { connectsOverTime } from '../../queries/recorder/connects-over-time.js';

/** In which stretches something failed, on any way. */
const failingStretches = (series: readonly Series[]): boolean[] =>
  Array.from({ length: Math.max(0, ...series.map(({ stretches }) => stretches.length)) }, (_, at) =>
    series.some(({ way, stretches }) =>
      momentsOf({ way, stretches: stretches.slice(at, at + 1) }).some((one) => !isWell(one)),
    ),
  );

export default defineStep({
  stage: 'intermittent',
  level: 'node',
  cost: 3,
  perSecond: 30,
  reads: ['services', 'endpointslices', 'pods', 'nodes'],
  runs: [connectsOverTime, ...windowQueries],
  from: ['pod'],
  to: ['service'],
  evidence: z.strictObject({
    node: z.string(),
    series: z.array(seriesSchema),
    untried: z.array(z.strictObject({ to: z.string(), why: z.string() })),
    counted: z.array(rosesSchema),
  }),
  outcomes: nodeRecordingOutcomes,

  async collect({ kube, pod, node, ...recorder }, flow) {
    const [found, nodes] = await Promise.all([serviceAndEndpoints(kube, flow.to), nodesOfFlow(kube, flow)]);
    const own = nodes.find(({ role }) => role === 'source')?.node;
    if (own === undefined) throw new CannotLook('lost', 'The Pod that the flow starts in is on no Node yet.');
    const source = pod({ namespace: flow.from.namespace, name: flow.from.name });
    const ways = await waysOfNode({ kube, source, own: node(own) }, { found, nodes, flow });
    const counters = countersOverTime(
      nodes.filter(({ role }) => role !== 'peer'),
      node,
    );
    const { series, untried } = await record(ways, recorder, counters.read);
    if (series.every(({ way }) => way === 'endpoint'))
      throw new CannotLook('lost', untried[0]?.why ?? `Nothing could be tried from node ${own}.`);
    return { node: own, series, untried, counted: counters.rose() };
  },

  interpret({ node, series, untried, counted }) {
    const accounts = series.map(accountOf);
    const { outcome, failing, clear } = judgeNodeRecording(accounts);
    const rises = risesWithFailures(counted, failingStretches(series));
    const facts = {
      node,
      ...recordingFacts(accounts, { failing, clear }),
      untried: untried.map(({ to }) => to),
      counters: rises.map((rise) => `${rise.node} ${rise.counter} +${rise.count}`),
    };
    return { outcome, facts };
  },
});
