import { say } from '../say.js';
import { sinceLine } from '../words.js';
import { paragraph, type Section, todo } from './block.js';

export const detection: Section = {
  key: 'section.detection',
  blocks: (input) => [
    paragraph(`${say(input, 'since')}: ${sinceLine(input)}`),
    todo(input, 'detection.signal', 'detection.delay'),
  ],
};
