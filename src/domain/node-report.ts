import { z } from 'zod';
import type { KubeObject } from './kinds.js';
import { nodeState, nodeStateSchema } from './node-state.js';

/** What a Node says of itself, or what the controller of nodes says for it. */
export const nodeReportSchema = z.strictObject({
  ...nodeStateSchema.shape,
  /** Seconds since Ready last changed; 0 where nobody knows. */
  since: z.int(),
  /** Conditions such as `DiskPressure` that hold. */
  pressures: z.array(z.string()),
});
export type NodeReport = z.infer<typeof nodeReportSchema>;

const secondsSince = (time: string | undefined, now: number) => {
  const at = Date.parse(time ?? '');
  return Number.isNaN(at) ? 0 : Math.max(0, Math.round((now - at) / 1000));
};

/** `now` in milliseconds since 1970. */
export const nodeReport = (name: string, node: KubeObject<'nodes'> | undefined, now: number): NodeReport => {
  const conditions = node?.status?.conditions ?? [];
  const ready = conditions.find(({ type }) => type === 'Ready');
  const pressing = conditions.filter(({ type, status }) => type.endsWith('Pressure') && status === 'True');
  return {
    ...nodeState(name, node),
    since: secondsSince(ready?.lastTransitionTime, now),
    pressures: pressing.map(({ type }) => type),
  };
};
