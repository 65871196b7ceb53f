import { escapeMarkdown } from '../../clean/escape.js';
import { sinceLine } from '../words.js';
import { type Section, text, todos } from './page.js';

export const detection: Section = {
  key: 'section.detection',
  blocks: (input) => [
    `${text(input, 'since')}: ${escapeMarkdown(sinceLine(input))}`,
    todos(input, 'detection.signal', 'detection.delay'),
  ],
};
