import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseCniConfig } from '../../parse/links/cni-config.js';
import { cniFiles } from '../scripts/cni-files.js';
import { shell } from '../scripts/tries.js';

/** What the container runtime would do to give a Pod its network: the configuration, and the plugins that are there. */
export const cniConfig = defineQuery({
  name: 'cni-config',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  // Some installers let only root read the folder.
  variants: [{ tool: 'sh', root: true, argv: () => shell(cniFiles, []) }],
  parse: ({ stdout }) => parseCniConfig(stdout),
});
