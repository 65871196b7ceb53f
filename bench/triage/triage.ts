import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { kubeconfig, type Lab, within } from '../../lab/cluster/plan.ts';
import type { Fault } from '../../lab/scenario/fault.ts';
import { watchPeak } from '../measure/peak-memory.ts';
import { time } from '../measure/time.ts';
import { PROGRAM } from '../program.ts';
import { readTimeline, type Timeline } from './timeline.ts';

const Report = z.object({
  verdict: z.object({
    result: z.string(),
    causes: z.array(z.object({ id: z.string(), certainty: z.string() })),
  }),
  cost: z.object({ requests: z.number(), bytes: z.number(), commands: z.number() }),
});

export interface Triage {
  seconds: number;
  /** The answer in two or three words. */
  verdict: string;
  cost: z.infer<typeof Report>['cost'];
  peakMb: number | undefined;
  timeline: Timeline;
}

/** The program as an operator calls it, from the bastion, each time with an empty state folder. */
export async function triageOnce(lab: Lab, { flow }: Fault): Promise<Triage> {
  const state = mkdtempSync(join(tmpdir(), 'net-triage-bench-'));
  const peak = watchPeak();
  const flags = ['--no-input', '-o', 'json', '--level', 'probe', '--kubeconfig', kubeconfig(lab, 'admin')];
  const argv = [...within(lab, 'bastion'), ...PROGRAM, 'run', '--from', flow.from, '--to', flow.to, ...flags];
  try {
    const ran = await time(argv, { env: { ...process.env, ...peak.env, XDG_STATE_HOME: state }, timeoutMs: 90_000 });
    const report = Report.safeParse(readJson(ran.stdout));
    const [journal] = globSync('**/session.ndjson', { cwd: state });
    if (!report.success || !journal)
      throw new Error(`net-triage ended with ${ran.code}: ${ran.stderr.slice(0, 300) || ran.stdout.slice(0, 300)}`);
    const { verdict, cost } = report.data;
    const [top] = verdict.causes;
    return {
      seconds: ran.seconds,
      verdict: top ? `${top.id} ${top.certainty}` : verdict.result,
      cost,
      peakMb: peak.read(),
      timeline: readTimeline(readFileSync(join(state, journal), 'utf8'), ran.seconds * 1000),
    };
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
