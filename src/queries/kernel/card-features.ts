import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseFeatures } from '../../parse/kernel/card.js';
import { deviceSchema } from '../scripts/arguments.js';

/** What a network device does in the place of the kernel. */
export const cardFeatures = defineQuery({
  name: 'card-features',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({ device: deviceSchema }),
  variants: [{ tool: 'ethtool', argv: ({ device }) => ['ethtool', '-k', device] }],
  parse: ({ stdout }) => parseFeatures(stdout),
});
