import { isIP } from 'node:net';
import { z } from 'zod';

export const masqueradeExceptionsSchema = z.strictObject({
  /** Destinations that packets of Pods go to with their own address. */
  ranges: z.array(z.string()),
  /** False where the text has no such list, or one with a line of another form. */
  understood: z.boolean(),
});
export type MasqueradeExceptions = z.infer<typeof masqueradeExceptionsSchema>;

const bare = (text: string) => text.trim().replace(/^["']|["']$/g, '');

const isRange = (text: string) => {
  const [address = '', bits = ''] = text.split('/');
  return isIP(address) !== 0 && /^\d{1,3}$/.test(bits);
};

// "  - 10.0.0.0/8" below the key, up to the next key
const itemsBelow = (lines: readonly string[], at: number): string[] => {
  const rest = lines.slice(at + 1).filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  const end = rest.findIndex((line) => !/^\s*-\s/.test(line));
  return (end < 0 ? rest : rest.slice(0, end)).map((line) => bare(line.replace(/^\s*-\s/, '').replace(/\s#.*$/, '')));
};

/** The configuration of ip-masq-agent, in YAML or JSON. */
export const parseMasqueradeExceptions = (text: string): MasqueradeExceptions => {
  const lines = text.split('\n');
  // "nonMasqueradeCIDRs: [10.0.0.0/8]", also as JSON over several lines
  const flow = /"?nonMasqueradeCIDRs"?\s{0,20}:\s{0,20}\[([^\]]{0,20000})\]/.exec(text)?.[1];
  const at = lines.findIndex((line) => /^\s*nonMasqueradeCIDRs\s*:\s*$/.test(line));
  if (flow === undefined && at < 0) return { ranges: [], understood: false };
  const items = flow === undefined ? itemsBelow(lines, at) : flow.split(',').map(bare).filter(Boolean);
  return { ranges: items.filter(isRange), understood: items.every(isRange) };
};
