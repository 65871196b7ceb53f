import { defineStep } from '../../domain/step.js';
import { windowQueries, windowSchema } from '../../queries/probes/failing-window.js';
import { failing, risen } from '../../queries/probes/risen.js';
import { watchFlow } from '../../queries/probes/watch-flow.js';

export default defineStep({
  stage: 'mtu-conntrack',
  hop: 'node',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: windowQueries,
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip', 'node'],
  evidence: windowSchema,
  // The setting is gone since Linux 4.12 (commit 4396e46187ca): newer kernels cannot have this fault.
  outcomes: { accepted: 'pass', refused: 'fail', recycling: 'warn' },

  collect: watchFlow,

  interpret(window) {
    const recycling = window.seen.filter(({ after, role }) => role !== 'peer' && after.recycle === 1);
    const worst = recycling
      .map((pair) => ({ pair, refused: risen(pair, ({ mib }) => mib.TcpExtPAWSPassive) }))
      .toSorted((a, b) => b.refused - a.refused)[0];
    const kernels = window.seen.map(({ node, after }) => `${node} ${after.release}`);
    if (!worst) return { outcome: 'accepted', facts: { kernels } };
    const facts = { node: worst.pair.node, kernel: worst.pair.after.release, refused: worst.refused, kernels };
    return { outcome: worst.refused > 0 && failing(window) > 0 ? 'refused' : 'recycling', facts };
  },
});
