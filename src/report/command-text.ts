import type { Facts } from '../domain/finding.js';
import { fill } from '../domain/text.js';

const placeholder = /\{[a-z][\w-]*(?:\.[\w-]+)*\}/gi;
const plain = /^[\w.,:=@%+/][\w.,:=@%+/-]*$/;

type Quote = "'" | '"' | null;

/** Inside which quotes a shell reads what follows `text`. */
const quoteAfter = (text: string): Quote => {
  let quote: Quote = null;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\' && quote !== "'") at += 1;
    else if (quote === null && (char === "'" || char === '"')) quote = char;
    else if (char === quote) quote = null;
  }
  return quote;
};

const quoted = (value: string, quote: Quote) => {
  // An interactive bash expands `!` in double quotes and keeps a backslash before it.
  if (quote === '"') return value.replaceAll(/[\\"$`]/g, '\\$&').replaceAll('!', `"'!'"`);
  const inside = value.replaceAll("'", String.raw`'\''`);
  return quote === "'" || plain.test(value) ? inside : `'${inside}'`;
};

/**
 * Fills a command that a person will copy into a shell: whatever a fact holds stays one argument.
 * A placeholder without a fact stays visible.
 */
export const fillCommand = (template: string, facts: Facts) =>
  template.replace(placeholder, (whole, at: number) => {
    const value = fill(whole, facts);
    return value === whole ? whole : quoted(value.replaceAll(/\s+/g, ' '), quoteAfter(template.slice(0, at)));
  });
