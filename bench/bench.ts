import { parseArgs } from 'node:util';
import { must } from '../lab/machine/run.ts';
import { complain } from '../lab/machine/say.ts';
import { firstFrame } from './parts/first-frame.ts';
import { journal } from './parts/journal.ts';
import { keyToFrame } from './parts/key-to-frame.ts';
import { nodeEvidence } from './parts/node-evidence.ts';
import { packetRules } from './parts/packet-rules.ts';
import { policies } from './parts/policies.ts';
import { serviceUnreachable } from './parts/service-unreachable.ts';
import { startup } from './parts/startup.ts';
import { reason } from './reason.ts';
import { showMachine } from './show.ts';

const parts = {
  startup,
  'first-frame': firstFrame,
  keys: keyToFrame,
  rules: packetRules,
  policies,
  journal,
  triage: serviceUnreachable,
  nodes: nodeEvidence,
};
const USAGE = `node bench/bench.ts [--built] [--only PART…]
  parts: ${Object.keys(parts).join(', ')}; --built measures dist as it is
  triage and nodes start a lab of its own (root, Linux) unless one is up as LAB_PREFIX (bn) in LAB_DIR (.lab-bench)
Prints ratios and never judges: the budgets stand beside the figures.`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    built: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const unknown = values.only?.find((name) => !(name in parts));
if (values.help || unknown) {
  complain(USAGE);
  process.exit(unknown ? 2 : 0);
}
if (!values.built) await must([process.execPath, 'build.ts'], { cwd: `${import.meta.dirname}/..` });
showMachine();
for (const [name, part] of Object.entries(parts)) {
  if (values.only && !values.only.includes(name)) continue;
  try {
    await part();
  } catch (error) {
    complain(`${name}: ${reason(error)}`);
    process.exitCode = 1;
  }
}
