import { join } from 'node:path';
import type { World } from '../../src/domain/ports.js';
import type { RecordOptions } from '../../src/ports/universe/record.js';
import { recorded } from '../../src/ports/universe/record.js';
import { temporaryFolder } from './temporary.js';

export const about: RecordOptions['about'] = {
  synthetic: false,
  startedAt: '2026-11-20T02:14:04.000Z',
  session: '20261120T021404Z-cart',
  level: 'probe',
  tool: { version: '0.1.0' },
  cluster: { context: 'shop', name: 'shop', version: 'v1.35.0' },
};

/** Records what `use` asks of a world into `universe/` of a new folder and answers with that path. */
export const recording = async (world: World, use: (world: World) => Promise<unknown>) => {
  const folder = join(await temporaryFolder(), 'universe');
  const recorder = await recorded(world, { folder, about });
  await use(recorder);
  await recorder.close();
  return folder;
};
