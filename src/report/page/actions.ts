import { say } from '../say.js';
import { type Section, table, todo } from './block.js';

export const actions: Section = {
  key: 'section.actions',
  blocks: (input) => {
    const heads = ['action', 'owner', 'due', 'type', 'ticket'].map((key) => say(input, `actions.${key}`));
    const open = [{ strong: say(input, 'todo') }];
    return [table(heads, [[open, open, open, say(input, 'actions.types'), open]]), todo(input, 'actions.each')];
  },
};
