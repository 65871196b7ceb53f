import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import { ifReadable } from '../../domain/if-readable.js';
import type { RunPort } from '../../domain/ports.js';
import { kubeletComplaintSchema } from '../../parse/node/kubelet-complaints.js';
import { unitStateSchema } from '../../parse/node/unit-states.js';
import { processSchema } from '../../parse/rules/processes.js';
import { kubeletJournal } from '../node/kubelet-journal.js';
import { nodePrograms } from '../node/node-programs.js';
import { serviceUnits } from '../node/service-units.js';

/** What a node tells of its kubelet and its container runtime. What it does not tell is absent. */
export const nodeServicesSchema = z.strictObject({
  units: z.array(unitStateSchema).optional(),
  programs: z.array(processSchema).optional(),
  complaints: z.array(kubeletComplaintSchema).optional(),
});
export type NodeServices = z.infer<typeof nodeServicesSchema>;

type Asked = typeof serviceUnits | typeof nodePrograms | typeof kubeletJournal;

/** @throws CannotLook where none of the three could be asked, or none of the answers was understood */
export const nodeServices = async (node: RunPort<Asked>): Promise<NodeServices> => {
  const [units, processes, complaints] = await Promise.all([
    ifReadable(node.run(serviceUnits, {})),
    node.run(nodePrograms, {}).catch((error: unknown) => {
      if (error instanceof CannotLook) return error;
      throw error;
    }),
    ifReadable(node.run(kubeletJournal, {})),
  ]);
  const programs = !(processes instanceof CannotLook) && processes.understood ? processes.processes : undefined;
  if (!units && !programs && !complaints)
    throw processes instanceof CannotLook
      ? processes
      : new CannotLook('tool-missing', 'Neither systemd nor the processes of the node say how its kubelet is.');
  return { ...(units && { units }), ...(programs && { programs }), ...(complaints && { complaints }) };
};
