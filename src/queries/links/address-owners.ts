import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseAddressOwners } from '../../parse/links/address-owners.js';
import { deviceSchema } from '../scripts/arguments.js';

/** Who says that an address of the own link is his. Asked three times of everybody, because of two the faster one hides the other. */
export const addressOwners = defineQuery({
  name: 'address-owners',
  where: 'node',
  level: 'node',
  limit: 8,
  args: z.strictObject({ device: deviceSchema, address: z.ipv4() }),
  variants: [
    {
      tool: 'arping',
      root: true,
      argv: ({ device, address }) => ['arping', '-b', '-c', '3', '-w', '3', '-I', device, address],
    },
  ],
  parse: ({ stdout, stderr }) => parseAddressOwners(`${stderr}\n${stdout}`),
});
