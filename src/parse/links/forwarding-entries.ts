import { z } from 'zod';
import { type Rows, readRows, rowsOf, wordsAfter } from './rows.js';

export const forwardingEntrySchema = z.strictObject({
  mac: z.string(),
  dev: z.string(),
  /** Of a tunnel: the host that frames to this hardware address are wrapped for. */
  to: z.string().optional(),
  master: z.string().optional(),
});
export type ForwardingEntry = z.infer<typeof forwardingEntrySchema>;
export const forwardingEntriesSchema = rowsOf(forwardingEntrySchema);
export type ForwardingEntries = Rows<ForwardingEntry>;

const jsonSchema = z.object({
  mac: z.string(),
  ifname: z.string(),
  dst: z.string().optional(),
  master: z.string().optional(),
});

const entry = (mac: string, dev: string, more: { to?: string | undefined; master?: string | undefined }) => ({
  mac,
  dev,
  ...(more.to === undefined ? {} : { to: more.to }),
  ...(more.master === undefined ? {} : { master: more.master }),
});

// "3e:05:19:16:0d:72 dev flannel.1 dst 10.0.0.11 self permanent"
const row = /^([0-9a-f]{2}(?::[0-9a-f]{2}){5}) dev (\S+)/;

const inLine = (line: string): ForwardingEntry | undefined => {
  const [, mac, dev] = row.exec(line) ?? [];
  if (mac === undefined || dev === undefined) return undefined;
  const after = wordsAfter(line);
  return entry(mac, dev, { to: after('dst'), master: after('master') });
};

/** `bridge -j fdb show`, or the same as text. */
export const parseForwardingEntries = (text: string): ForwardingEntries =>
  readRows(text, {
    json: jsonSchema,
    from: ({ mac, ifname, dst, master }) => entry(mac, ifname, { to: dst, master }),
    line: inLine,
  });
