import type { ReportInput } from '../catalog.js';
import { say } from '../say.js';
import { sharingLines } from '../sharing.js';
import { type Block, bullets, paragraph, type Section, todo } from './block.js';

/** Whom it may have concerned, as far as the objects tell; whether it did, people say. */
const shared = (input: ReportInput): Block[] => {
  const lines = sharingLines(input);
  return lines.length > 0 ? [paragraph(`${say(input, 'sharing')}:`), bullets(lines)] : [];
};

export const impact: Section = {
  key: 'section.impact',
  blocks: (input) => [...shared(input), todo(input, 'impact.who', 'impact.how-much', 'impact.how-long')],
};
