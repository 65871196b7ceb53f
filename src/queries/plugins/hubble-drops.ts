import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseHubbleDrops } from '../../parse/plugins/hubble-drops.js';

const address = z.union([z.ipv4(), z.ipv6()]);

/** What Cilium dropped last between two addresses, as far back as Hubble on this Node remembers. */
export const hubbleDrops = defineQuery({
  name: 'hubble-drops',
  where: 'pod',
  level: 'node',
  limit: 10,
  args: z.strictObject({ source: address, destination: address }),
  variants: [
    {
      tool: 'hubble',
      argv: ({ source, destination }) => [
        ...['hubble', 'observe', '--verdict', 'DROPPED', '--last', '100', '-o', 'json'],
        ...['--from-ip', source, '--to-ip', destination],
      ],
    },
  ],
  parse: ({ stdout, stderr, exitCode }) => parseHubbleDrops(stdout, { exitCode, stderr }),
});
