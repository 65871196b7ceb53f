import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseCiliumServices } from '../../parse/plugins/cilium-services.js';

/** Every Service address that Cilium serves on a Node, and where it leads to. */
export const ciliumServices = defineQuery({
  name: 'cilium-services',
  where: 'pod',
  level: 'node',
  limit: 10,
  // Some two thousand addresses with a few backends each.
  cap: 4 << 20,
  args: z.strictObject({}),
  variants: ['cilium-dbg', 'cilium'].map((tool) => ({ tool, argv: () => [tool, 'service', 'list', '-o', 'json'] })),
  parse: ({ stdout }) => parseCiliumServices(stdout),
});
