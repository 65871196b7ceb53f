import type { View } from './view.js';

const lastWord = /\s(\S+)\s*$/;

/** The cause that is named after a command, as in `why-not SVC-01`; nothing where the last word is none. */
export const typedCause = ({ ui, catalog }: Pick<View, 'ui' | 'catalog'>): string | undefined => {
  const word = lastWord.exec(ui.field?.value ?? '')?.[1]?.toUpperCase();
  return word !== undefined && Object.hasOwn(catalog.causes, word) ? word : undefined;
};

/** What was typed, without the number or the cause at its end. */
export const typedCommand = (view: Pick<View, 'ui' | 'catalog'>): string => {
  const typed = view.ui.field?.value ?? '';
  const isArgument = /\s\d+\s*$/.test(typed) || typedCause(view) !== undefined;
  return (isArgument ? typed.replace(lastWord, '') : typed).trim();
};
