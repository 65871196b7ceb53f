import { defineStep } from '../../domain/step.js';
import { type PlacePair, windowQueries, windowSchema } from '../../queries/probes/failing-window.js';
import { failing, risen } from '../../queries/probes/risen.js';
import { watchFlow } from '../../queries/probes/watch-flow.js';

const names = ['TcpInCsumErrors', 'UdpInCsumErrors'] as const;
const wrong = (pair: PlacePair) => names.reduce((sum, name) => sum + risen(pair, ({ mib }) => mib[name]), 0);

export default defineStep({
  stage: 'mtu-conntrack',
  level: 'node',
  cost: 2,
  reads: ['services', 'pods', 'nodes'],
  runs: windowQueries,
  from: ['pod', 'node'],
  to: ['service', 'pod', 'ip'],
  evidence: windowSchema,
  outcomes: { sound: 'pass', 'wrong-checksums': 'fail', 'wrong-unfelt': 'warn', 'not-counted': 'unsure' },

  collect: watchFlow,

  interpret(window) {
    const counted = window.seen.filter(({ after, role }) => role !== 'peer' && names.some((name) => name in after.mib));
    const [worst] = counted.toSorted((a, b) => wrong(b) - wrong(a));
    if (!worst) return { outcome: 'not-counted' };
    const facts = {
      ...{ node: worst.node, wrong: wrong(worst), failed: failing(window), tries: window.connects?.of ?? 0 },
      ...{ address: window.address, nodes: counted.map(({ node }) => node) },
    };
    if (facts.wrong === 0) return { outcome: 'sound', facts };
    return { outcome: facts.failed > 0 && facts.wrong >= facts.failed ? 'wrong-checksums' : 'wrong-unfelt', facts };
  },
});
