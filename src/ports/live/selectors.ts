import { InvalidName } from '../../clean/names.js';
import type { Scope } from '../../domain/ports.js';

const labelKey = /^(?:[a-z0-9][a-z0-9.-]{0,251}[a-z0-9]?\/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;
const fieldKey = /^[a-zA-Z][a-zA-Z.]{0,80}$/;

const checked = (pattern: RegExp, text: string) => {
  if (pattern.test(text)) return text;
  throw new InvalidName(`not part of a selector: ${JSON.stringify(text.slice(0, 80))}`);
};

// The only characters that mean something in a field selector (apimachinery, fields.EscapeValue).
const escaped = (value: string) => value.replace(/[\\,=]/g, (letter) => `\\${letter}`);

/** Query parameters for labels and fields, none where nothing is selected. Throws `InvalidName`. */
export const selectorQuery = ({ labels, fields }: Scope): [string, string][] => {
  const byLabel = Object.entries(labels ?? {}).map(
    ([key, value]) => `${checked(labelKey, key)}=${checked(labelValue, value)}`,
  );
  const byField = Object.entries(fields ?? {}).map(([key, value]) => `${checked(fieldKey, key)}=${escaped(value)}`);
  return [
    ...(byLabel.length > 0 ? [['labelSelector', byLabel.join(',')] as [string, string]] : []),
    ...(byField.length > 0 ? [['fieldSelector', byField.join(',')] as [string, string]] : []),
  ];
};
