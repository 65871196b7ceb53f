import { type Section, table, text, todo } from './page.js';

export const actions: Section = {
  key: 'section.actions',
  blocks: (input) => {
    const heads = ['action', 'owner', 'due', 'type', 'ticket'].map((key) => text(input, `actions.${key}`));
    const open = `**${text(input, 'todo')}**`;
    return [table(heads, [[open, open, open, text(input, 'actions.types'), open]]), todo(input, 'actions.each')];
  },
};
