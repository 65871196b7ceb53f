import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseUnitStates } from '../../parse/node/unit-states.js';
import { kubeletUnits, runtimeUnits } from '../scripts/kubelet-units.js';

const properties = 'Id,LoadState,ActiveState,SubState,NRestarts,ExecMainStatus';

/** What systemd says of the kubelet and of the container runtime. `undefined` where systemd does not run. */
export const serviceUnits = defineQuery({
  name: 'service-units',
  where: 'node',
  level: 'node',
  limit: 5,
  args: z.strictObject({}),
  variants: [
    {
      tool: 'systemctl',
      argv: () => [
        ...['systemctl', 'show', '--no-pager', `--property=${properties}`],
        ...[...kubeletUnits, ...runtimeUnits].map((unit) => `${unit}.service`),
      ],
    },
  ],
  parse: ({ stdout }) => {
    const units = parseUnitStates(stdout);
    return units.length > 0 ? units : undefined;
  },
});
