import { z } from 'zod';
import { type Change, changeSchema } from '../../domain/change.js';
import { anyEnd, defineStep } from '../../domain/step.js';
import { changeKinds, changesAroundFlow } from '../../queries/probes/changes-around-flow.js';

// What changed earlier rarely shows only now; and whoever says since when it is broken is a few minutes late at most.
const windowMs = 3_600_000;
const lateMs = 300_000;
const most = 20;

const said = ({ at, what, how, by }: Change) => `${at} ${what} ${how}${by === '' ? '' : ` (${by})`}`;

export default defineStep({
  stage: 'service',
  level: 'observe',
  cost: 0,
  reads: [...changeKinds],
  runs: [],
  from: anyEnd,
  to: anyEnd,
  evidence: z.strictObject({
    /** Milliseconds since the epoch. */
    window: z.strictObject({ from: z.number(), to: z.number() }),
    changes: z.array(changeSchema),
    unseen: z.array(z.string()),
  }),
  // That it came before is no proof that it is why.
  outcomes: { quiet: 'pass', changed: 'warn', 'partly-seen': 'unsure' },

  async collect({ kube, clock }, flow) {
    const { changes, unseen } = await changesAroundFlow(kube, flow);
    const since = clock.since ?? clock.now();
    const window = { from: since - windowMs, to: Math.min(since + lateMs, clock.now()) };
    const isInside = ({ at }: Change) => Date.parse(at) >= window.from && Date.parse(at) <= window.to;
    return { window, changes: changes.filter(isInside), unseen };
  },

  interpret({ window, changes, unseen }) {
    // The last ones come closest to the trouble.
    const shown = changes.slice(-most);
    const facts = {
      from: new Date(window.from).toISOString(),
      to: new Date(window.to).toISOString(),
      total: changes.length,
      changes: shown.slice(-5).map(said),
      timeline: shown,
      unseen,
    };
    if (changes.length > 0) return { outcome: 'changed', facts };
    return { outcome: unseen.length > 0 ? 'partly-seen' : 'quiet', facts };
  },
});
