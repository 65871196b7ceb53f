import { z } from 'zod';

/** As much of the JSON document as the suite judges. */
const Report = z.object({
  apiVersion: z.literal('net-triage/v1'),
  kind: z.literal('Report'),
  checks: z.array(z.object({ id: z.string(), outcome: z.string(), result: z.string() })),
  verdict: z.object({
    result: z.enum(['fault', 'healthy', 'inconclusive']),
    causes: z.array(z.object({ id: z.string(), certainty: z.string(), subject: z.string() })),
    notChecked: z.array(z.object({ check: z.string(), reason: z.string() })),
  }),
  cost: z.object({ requests: z.number(), bytes: z.number(), durationMs: z.number(), commands: z.number() }),
});

export type Report = z.infer<typeof Report>;

export function readReport(text: string): Report | string {
  try {
    return Report.parse(JSON.parse(text));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    return `${reason.replaceAll('\n', '; ')} in: ${text.slice(0, 300)}`;
  }
}
