import { escapeHtml } from '../../clean/escape.js';
import { sanitise } from '../../clean/sanitise.js';

/**
 * The only door through which text of the cluster or of people comes into a page, between tags or in a quoted attribute.
 * Marks that turn the direction of writing are shown, so that a name looks like what it is.
 */
export const escaped = (text: string) => escapeHtml(sanitise(text).toWellFormed());
