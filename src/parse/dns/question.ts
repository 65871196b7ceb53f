const byte = (value: number) => [value >> 8, value & 0xff];

/** Two letters that an answer has to repeat. */
export const questionId = 0x6e74;

const labelBytes = (name: string) =>
  name
    .replace(/\.$/, '')
    .split('.')
    .flatMap((label) => [label.length, ...Buffer.from(label, 'latin1')]);

/**
 * A question for the IPv4 address of a name as DNS sends it over TCP: its length, the header with "recursion desired",
 * the name, type A, class IN (RFC 1035 §4). In octal, as printf(1) takes bytes everywhere.
 */
export const questionBytes = (name: string): string => {
  const message = [...byte(questionId), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...labelBytes(name), 0, 0, 1, 0, 1];
  return [...byte(message.length), ...message].map((one) => `\\0${one.toString(8).padStart(3, '0')}`).join('');
};
