import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseDeviceMtus } from '../../parse/kernel/device-mtus.js';

/** The devices of a node with their MTU, their kind and their addresses. */
export const deviceMtus = defineQuery({
  name: 'device-mtus',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  variants: [{ tool: 'ip', argv: () => ['ip', '-j', '-d', 'addr'] }],
  parse: ({ stdout }) => parseDeviceMtus(stdout),
});
