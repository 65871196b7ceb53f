import { useInput, usePaste } from 'ink';
import type { Control } from './control/control.js';
import { paste, press } from './control/press.js';
import { looksPasted, strokesOf } from './strokes.js';

/** How long after a paste the rest of it may still arrive, in a terminal that does not bracket it. */
const pasteTailMs = 50;

/** Keys become commands, pasted text never does. */
export const useKeys = (control: Control) => {
  useInput((input, key) => {
    const isTail = input.length > 1 && control.props.now() - control.store.get().pastedAt < pasteTailMs;
    if (looksPasted(input) || isTail) paste(control, input);
    else for (const stroke of strokesOf(input, key)) press(control, stroke);
  });
  usePaste((text) => paste(control, text));
};
