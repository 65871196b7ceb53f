import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseJournal } from '../../parse/node/journal.js';
import { kubeletComplaints } from '../../parse/node/kubelet-complaints.js';
import { kubeletUnits } from '../scripts/kubelet-units.js';

/**
 * What the kubelet complained about in the last ten minutes, by the clock of its node. `undefined` where the journal holds
 * none of its lines: it may be kept elsewhere, or not be readable, which is no word of its health.
 */
export const kubeletJournal = defineQuery({
  name: 'kubelet-journal',
  where: 'node',
  level: 'node',
  limit: 8,
  cap: 1 << 20,
  args: z.strictObject({}),
  variants: [
    {
      tool: 'journalctl',
      // Others than root and the group systemd-journal see their own lines alone, and no error.
      root: true,
      argv: () => [
        'journalctl',
        ...kubeletUnits.flatMap((unit) => ['--unit', `${unit}.service`]),
        ...['--since', '-10min', '--lines', '400', '--output', 'json', '--output-fields', 'MESSAGE', '--no-pager'],
      ],
    },
  ],
  parse: ({ stdout }) => {
    const lines = parseJournal(stdout);
    return lines.length > 0 ? kubeletComplaints(lines) : undefined;
  },
});
