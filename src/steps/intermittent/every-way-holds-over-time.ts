import { z } from 'zod';
import { serviceAndEndpoints } from '../../domain/service-endpoints.js';
import { defineStep } from '../../domain/step.js';
import { accountOf } from '../../parse/recorder/account.js';
import { judgeRecording, recordingOutcomes } from '../../parse/recorder/judge.js';
import { seriesSchema } from '../../parse/recorder/series.js';
import { recordingFacts } from '../../parse/recorder/told.js';
import { recordingQueries, waysFromPod } from '../../queries/probes/recorded-ways.js';
import { record } from '../../queries/probes/recording.js';

export default defineStep({
  stage: 'intermittent',
  level: 'probe',
  cost: 3,
  perSecond: 30,
  reads: ['services', 'endpointslices'],
  runs: [...recordingQueries],
  from: ['pod'],
  to: ['service'],
  evidence: z.strictObject({
    series: z.array(seriesSchema),
    untried: z.array(z.strictObject({ to: z.string(), why: z.string() })),
  }),
  outcomes: recordingOutcomes,

  async collect({ kube, pod, ...recorder }, flow) {
    const found = await serviceAndEndpoints(kube, flow.to);
    const source = pod({ namespace: flow.from.namespace, name: flow.from.name });
    const ways = await waysFromPod(source, found, flow);
    return ways.length === 0 ? { series: [], untried: [] } : await record(ways, recorder);
  },

  interpret({ series, untried }) {
    const accounts = series.map(accountOf);
    const { outcome, failing, clear } = judgeRecording(accounts);
    const facts = { ...recordingFacts(accounts, { failing, clear }), untried: untried.map(({ to }) => to) };
    return { outcome, facts };
  },
});
