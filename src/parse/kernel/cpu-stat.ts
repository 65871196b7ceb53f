import { z } from 'zod';

export const cpuStatSchema = z.strictObject({
  /** Slices of time in which a limit was in force, and those of them that it cut short. */
  periods: z.int(),
  throttled: z.int(),
});
export type CpuStat = z.infer<typeof cpuStatSchema>;

const count = (text: string, name: string) => {
  const found = new RegExp(`^${name} (\\d{1,15})$`, 'm').exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
};

/** `cpu.stat` of a cgroup, of version 1 or 2: `nr_throttled 19`. Without the two counts nothing limits the group. */
export const parseCpuStat = (text: string): CpuStat | undefined => {
  const [periods, throttled] = [count(text, 'nr_periods'), count(text, 'nr_throttled')];
  return periods === undefined || throttled === undefined ? undefined : { periods, throttled };
};
