import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseLinks } from '../../parse/links/links.js';
import { shell } from '../scripts/tries.js';

/** Every network device with its addresses and counters. The ip of busybox knows neither JSON nor details. */
export const ipLinks = defineQuery({
  name: 'ip-links',
  where: 'anywhere',
  level: 'probe',
  limit: 10,
  cap: 1 << 20,
  args: z.strictObject({}),
  variants: [
    { tool: 'ip', argv: () => shell('ip -j -d -s addr 2>/dev/null || ip -d -s addr 2>/dev/null || ip addr', []) },
  ],
  parse: ({ stdout }) => parseLinks(stdout),
});
