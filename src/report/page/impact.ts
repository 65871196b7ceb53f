import { type Section, todo } from './block.js';

export const impact: Section = {
  key: 'section.impact',
  blocks: (input) => [todo(input, 'impact.who', 'impact.how-much', 'impact.how-long')],
};
