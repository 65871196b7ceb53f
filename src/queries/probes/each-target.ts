import { z } from 'zod';
import type { RunPort } from '../../domain/ports.js';
import { type Target, targetSchema } from '../../domain/targets.js';
import { connectFactsSchema } from '../../parse/connect.js';
import { type tcpConnect, threeTries } from '../tcp-connect.js';
import { connectSeries } from './connect-series.js';

export const triedSchema = z.strictObject({ ...targetSchema.shape, connect: connectFactsSchema });
export type Tried = z.infer<typeof triedSchema>;

/** Three connects to every target, all side by side; again to the one that was late. */
export const tryEach = (pod: RunPort<typeof tcpConnect>, targets: readonly Target[]): Promise<Tried[]> =>
  Promise.all(
    targets.map(async (target) => ({
      ...target,
      connect: await connectSeries(pod, threeTries(target.address, target.port)),
    })),
  );
