import { z } from 'zod';
import { jsonOrNothing } from '../plugins/json-or-nothing.js';

export interface JournalLine {
  /** Seconds since 1970, by the clock of the node. */
  readonly at: number;
  readonly text: string;
}

// A text; bytes where it is none; several where a program gave the field twice; null where it was too long to print.
const messageSchema = z.union([z.string(), z.array(z.union([z.string(), z.int().min(0).max(255)])), z.null()]);
const lineSchema = z.looseObject({ MESSAGE: messageSchema, __REALTIME_TIMESTAMP: z.string().regex(/^\d{1,18}$/) });

const textOf = (message: z.infer<typeof messageSchema>): string => {
  if (message === null) return '';
  if (typeof message === 'string') return message;
  const bytes = message.filter((one) => typeof one === 'number');
  if (bytes.length === message.length) return Buffer.from(bytes).toString('utf8');
  return message.filter((one) => typeof one === 'string').join(' ');
};

/**
 * `journalctl --output json`: one object in each line.
 * `{"__REALTIME_TIMESTAMP":"1795324390659027","MESSAGE":"E1122 05:13:10.658951      59 run.go:72] …"}`
 */
export const parseJournal = (text: string): JournalLine[] =>
  text.split('\n').flatMap((line) => {
    const read = line.startsWith('{') ? lineSchema.safeParse(jsonOrNothing(line)) : undefined;
    if (!read?.success) return [];
    return [{ at: Number(read.data.__REALTIME_TIMESTAMP) / 1e6, text: textOf(read.data.MESSAGE).slice(0, 2000) }];
  });
