import { type Section, todos } from './page.js';

export const impact: Section = {
  key: 'section.impact',
  blocks: (input) => [todos(input, 'impact.who', 'impact.how-much', 'impact.how-long')],
};
