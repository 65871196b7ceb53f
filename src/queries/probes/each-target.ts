import { z } from 'zod';
import type { RunPort } from '../../domain/ports.js';
import { type Target, targetSchema } from '../../domain/targets.js';
import { understood } from '../../domain/understood.js';
import { connectFactsSchema } from '../../parse/connect.js';
import { tcpConnect, threeTries } from '../tcp-connect.js';

export const triedSchema = z.strictObject({ ...targetSchema.shape, connect: connectFactsSchema });
export type Tried = z.infer<typeof triedSchema>;

/** Three connects to every target, all side by side. */
export const tryEach = (pod: RunPort<typeof tcpConnect>, targets: readonly Target[]): Promise<Tried[]> =>
  Promise.all(
    targets.map(async (target) => ({
      ...target,
      connect: understood(await pod.run(tcpConnect, threeTries(target.address, target.port))),
    })),
  );
