import { z } from 'zod';
import { type Rows, rowsInJson, rowsOf } from '../links/rows.js';

export const queueSchema = z.strictObject({
  device: z.string(),
  /** `noqueue`, `fq_codel`, `tbf` … */
  kind: z.string(),
  /** Bits per second that it lets pass; absent where it does not slow anything down. */
  rate: z.number().optional(),
  drops: z.number(),
  overlimits: z.number(),
  /** Packets that wait in it. */
  waiting: z.number(),
});
export type Queue = z.infer<typeof queueSchema>;
export const queuesSchema = rowsOf(queueSchema);
export type Queues = Rows<Queue>;

const jsonSchema = z.object({
  kind: z.string(),
  dev: z.string().default(''),
  options: z.object({ rate: z.number().optional() }).optional().catch(undefined),
  drops: z.number().default(0),
  overlimits: z.number().default(0),
  qlen: z.number().default(0),
});

const fromJson = ({ kind, dev, options, drops, overlimits, qlen }: z.infer<typeof jsonSchema>): Queue => ({
  device: dev,
  kind,
  // tc prints bytes per second, as the kernel counts.
  ...(options?.rate === undefined ? {} : { rate: options.rate * 8 }),
  drops,
  overlimits,
  waiting: qlen,
});

const units: Readonly<Record<string, number>> = { bit: 1, kbit: 1e3, mbit: 1e6, gbit: 1e9 };
const rateIn = (line: string) => {
  const [, number, unit = ''] = /\brate (\d{1,12}(?:\.\d{1,6})?)([KMG]?bit)\b/i.exec(line) ?? [];
  return number === undefined ? {} : { rate: Number(number) * (units[unit.toLowerCase()] ?? 1) };
};

// "qdisc tbf 8001: dev veth1 root refcnt 3 rate 1Mbit burst 4Kb lat 5ms"
const head = /^qdisc (\S+) \S+ dev (\S+) /;
// " Sent 8652 bytes 6 pkt (dropped 394, overlimits 404 requeues 0)"
const counts = /\(dropped (\d{1,15}), overlimits (\d{1,15}) /;
// " backlog 0b 0p requeues 0"
const backlog = /^ ?backlog \S+ (\d{1,12})p /;

/** What one line adds to the queue whose heading came before it. */
const read = (line: string): Partial<Queue> => {
  const [, drops, overlimits] = counts.exec(line) ?? [];
  const [, waiting] = backlog.exec(line) ?? [];
  return {
    ...(drops === undefined ? {} : { drops: Number(drops), overlimits: Number(overlimits) }),
    ...(waiting === undefined ? {} : { waiting: Number(waiting) }),
  };
};

const inText = (text: string): Queues => {
  const rows: Queue[] = [];
  for (const line of text.split('\n')) {
    const [, kind, device] = head.exec(line) ?? [];
    if (kind && device) rows.push({ device, kind, ...rateIn(line), drops: 0, overlimits: 0, waiting: 0 });
    Object.assign(rows.at(-1) ?? {}, read(line));
  }
  const understood = rows.length > 0;
  return { rows, understood, strange: understood ? [] : [text.trim().slice(0, 200)] };
};

/** `tc -s -j qdisc`, or the same as text. Every host has one for its loopback. */
export const parseQueues = (text: string): Queues => {
  const read = /^\s*\[/.test(text) ? rowsInJson(text, { json: jsonSchema, from: fromJson }) : inText(text);
  return { ...read, understood: read.understood && read.rows.length > 0 };
};
