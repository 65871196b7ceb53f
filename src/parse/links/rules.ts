import { z } from 'zod';
import { type Rows, readRows, rowsOf, wordsAfter } from './rows.js';

export const ruleSchema = z.strictObject({
  priority: z.int(),
  from: z.string(),
  to: z.string().optional(),
  /** The mark that packets need, with its mask: `0x80/0x80`. */
  mark: z.string().optional(),
  table: z.string(),
});
export type Rule = z.infer<typeof ruleSchema>;
export const rulesSchema = rowsOf(ruleSchema);
export type Rules = Rows<Rule>;

const jsonSchema = z.object({
  priority: z.int().default(0),
  src: z.string().default('all'),
  srclen: z.int().optional(),
  dst: z.string().optional(),
  dstlen: z.int().optional(),
  fwmark: z.string().optional(),
  fwmask: z.string().optional(),
  table: z.string().default(''),
});

const range = (address: string, length: number | undefined) =>
  length === undefined ? address : `${address}/${length}`;

const marked = (mark: string | undefined, mask = '') =>
  mark === undefined ? {} : { mark: mask === '' ? mark : `${mark}/${mask}` };

// "1024:	from all fwmark 0x80/0x80 lookup main", "32766:	from all lookup main", "512:	from 10.0.1.7 to 10.0.0.0/16 lookup 2"
const row = /^(\d+):\s+(?:not )?from (\S+)/;

const inLine = (line: string): Rule | undefined => {
  const match = row.exec(line);
  if (!match) return undefined;
  const after = wordsAfter(line);
  const to = after('to');
  return {
    priority: Number(match[1]),
    from: match[2] ?? '',
    ...(to === undefined ? {} : { to }),
    ...marked(after('fwmark')),
    table: after('lookup') ?? '',
  };
};

/** `ip -j rule`, or the same as text. No kernel that routes is without a rule. */
export const parseRules = (text: string): Rules => {
  const read = readRows(text, {
    json: jsonSchema,
    from: ({ priority, src, srclen, dst, dstlen, fwmark, fwmask, table }) => ({
      priority,
      from: range(src, srclen),
      ...(dst === undefined ? {} : { to: range(dst, dstlen) }),
      ...marked(fwmark, fwmask),
      table,
    }),
    line: inLine,
  });
  return { ...read, understood: read.understood && read.rows.length > 0 };
};
