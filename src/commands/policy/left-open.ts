import { reason } from '../../policy/model/match.js';
import type { Problem } from '../../policy/read/place.js';
import { reasonText, wordFor } from './reason-text.js';
import type { Resources } from './resources.js';

const about = (severity: Problem['severity'], message: string, source: string): Problem => ({
  ...{ severity, message },
  place: { source, document: 0, path: [] },
});

interface Pair {
  readonly from: string;
  readonly to: string;
}

/** What was left out of a matrix or a comparison, and why where nodes are the reason. `source` is what was judged. */
export const leftOpen = (open: readonly Pair[], { inventory }: Resources, source: string): Problem[] => {
  const [first] = open;
  const count = String(open.length);
  return [
    ...(inventory.nodesUnread ? [about('warning', reasonText(reason('nodes-unread'), 'en'), source)] : []),
    ...(first ? [about('warning', wordFor('open-pairs', { count, ...first }, 'en'), source)] : []),
  ];
};
