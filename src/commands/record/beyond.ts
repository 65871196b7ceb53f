import type { Catalog } from '../../catalog/catalog.js';
import { checkRunner } from '../checks.js';
import type { SessionOptions } from '../options.js';
import type { Opened } from '../triage.js';

interface Around {
  readonly catalog: Catalog;
  readonly options: Pick<SessionOptions, 'level' | 'checkTimeout'>;
  readonly signal: AbortSignal;
}

/**
 * Runs the checks that fit the flow and that the walk did not come to: whoever has only the recording may go another
 * way through the tree. Answers with how many of them asked anything; what they found is not judged here.
 */
export const lookBeyond = async (opened: Opened, { catalog, options, signal }: Around): Promise<number> => {
  const world = opened.world();
  const { flow, trail } = opened.session.look();
  if (!world || signal.aborted) return 0;
  const walked = new Set(trail.map(({ check }) => check));
  const runner = checkRunner(world, { catalog, flow, options, signal });
  const ids = Object.keys(catalog.steps).filter((id) => !walked.has(id));
  const requests = ids.map((id) => ({ node: id, check: id, run: 1, fresh: false, consented: false }));
  const looked = await Promise.all(requests.map((request) => runner.run(request, signal)));
  return looked.filter(({ touches }) => touches.length > 0).length;
};
