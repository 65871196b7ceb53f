import { isDnsSubdomain } from '../domain/dns-names.js';
import { isObject } from '../domain/json.js';

const part = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/** `app` or `app.kubernetes.io/name`. */
const isLabelKey = (text: string) => {
  const [first = '', second, ...more] = text.split('/');
  if (more.length > 0) return false;
  return second === undefined ? part.test(first) : isDnsSubdomain(first) && part.test(second);
};

export const isLabelValue = (text: string) => text === '' || part.test(text);

/** `app=cart,tier=api`, each key once. Undefined where it is anything else, also where it is empty. */
export const labelsIn = (text: string): Record<string, string> | undefined => {
  const pairs = text.split(',').map((piece) => piece.split('='));
  const isWhole = pairs.every(([key = '', value, ...more]) => {
    return more.length === 0 && value !== undefined && isLabelKey(key) && isLabelValue(value) && !isBlank(value);
  });
  const labels = Object.fromEntries(pairs) as Record<string, string>;
  return isWhole && Object.keys(labels).length === pairs.length ? labels : undefined;
};

/** Whether a selector is a list of `key=value`. */
export const selectorIn = (text: string) => labelsIn(text) !== undefined;

// RIGHT_NAME, LABEL_OF_THE_RIGHT_WORKLOAD: for a person to fill in.
const isBlank = (text: string) => /^[A-Z]+(?:_[A-Z]+)+$/.test(text);

/** Whether a value holds a word in capitals that somebody has to fill in. The name of an environment variable is none. */
export const holdsBlank = (value: unknown): boolean => {
  if (typeof value === 'string') return isBlank(value);
  if (Array.isArray(value)) return value.some(holdsBlank);
  if (!isObject(value)) return false;
  const isVariable = 'name' in value && 'value' in value;
  return Object.entries(value).some(([key, inner]) => !(isVariable && key === 'name') && holdsBlank(inner));
};
