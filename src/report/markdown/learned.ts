import { type Section, todos } from './page.js';

export const learned: Section = {
  key: 'section.learned',
  blocks: (input) => [todos(input, 'learned.well', 'learned.badly', 'learned.luck')],
};
