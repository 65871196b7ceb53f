// Each alternative runs forward over a negated class and never fails once it has begun, so the whole is linear.
const FORMS = [
  // CSI. A terminal obeys other controls in the middle of one and goes on reading it, so they belong to it.
  '(?:\\x1b\\[|\\x9b)[\\x00-\\x08\\x0b-\\x17\\x19\\x1c-\\x3f]*[\\x40-\\x7e]?',
  // OSC (titles, OSC 8 links, OSC 52 clipboard). An unterminated one ends with its line: it must not hide later evidence.
  '(?:\\x1b\\]|\\x9d)[^\\x07\\x18\\x1a\\x1b\\x9c\\n]*(?:\\x07|\\x9c|\\x1b\\\\)?',
  // DCS, SOS, PM, APC, and the `ESC k` title of screen and tmux.
  '(?:\\x1b[PX^_k]|[\\x90\\x98\\x9e\\x9f])[^\\x18\\x1a\\x1b\\x9c\\n]*(?:\\x9c|\\x1b\\\\)?',
  // Everything else that ESC introduces: character sets, cursor keeping, reset.
  '\\x1b[\\x20-\\x2f]*[\\x30-\\x7e]?',
  '[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]',
];

// Joined at run time because linters rightly distrust control characters in a literal.
const CONTROL = new RegExp(FORMS.join('|'), 'g');

/** Removes what a terminal would obey. CR goes too: it lets a text overwrite its own beginning. */
export function withoutSequences(text: string): string {
  return text.replace(CONTROL, '');
}

// U+FE0E and U+FE0F only choose between two pictures of the sign before them, and innocent emoji are full of them.
const UNSEEN = /(?![\uFE0E\uFE0F])[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2028\u2029\uFFF9-\uFFFB]/gu;

/** Shows what reorders or hides text (bidi controls, zero width, tags) instead of letting it act. */
export function withUnseenShown(text: string): string {
  return text.replace(
    UNSEEN,
    (char) => `<U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
  );
}
