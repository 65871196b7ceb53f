import { type Section, todo } from './block.js';

export const learned: Section = {
  key: 'section.learned',
  blocks: (input) => [todo(input, 'learned.well', 'learned.badly', 'learned.luck')],
};
