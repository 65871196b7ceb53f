import { isIP } from 'node:net';

const four = (address: string) => address.split('.').reduce((sum, part) => sum * 256n + BigInt(Number(part) & 255), 0n);

const six = (address: string): bigint => {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  const plain = dotted?.[2]
    ? `${dotted[1]}${(four(dotted[2]) >> 16n).toString(16)}:${(four(dotted[2]) & 0xffffn).toString(16)}`
    : address;
  const [head = '', tail] = plain.split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const [left, right] = [groups(head), groups(tail)];
  const filled = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return filled.reduce((sum, group) => sum * 65536n + BigInt(Number.parseInt(group, 16) || 0), 0n);
};

const bits = (address: string) =>
  isIP(address) === 6 ? { value: six(address), width: 128 } : { value: four(address), width: 32 };

const alike = (address: string, ...others: readonly string[]) =>
  isIP(address) !== 0 && others.every((other) => isIP(other) === isIP(address));

const between = (address: string, [from = '', to = '']: readonly string[]) => {
  if (!alike(address, from, to)) return false;
  const { value } = bits(address);
  return value >= bits(from).value && value <= bits(to).value;
};

const inNetwork = (address: string, network: string, length: string) => {
  // Most rules of kube-proxy name one address, and there are many of them.
  if (length === '32') return network === address;
  if (!alike(address, network)) return false;
  const { value, width } = bits(address);
  const shift = BigInt(width - Math.min(width, Math.max(0, Number(length) || 0)));
  return value >> shift === bits(network).value >> shift;
};

/** `10.244.0.0/16`, `10.96.0.1/32`, a bare address, or `10.0.0.1-10.0.0.9`. Anything else contains nothing. */
export const inRange = (address: string, range: string): boolean => {
  const [network = '', length] = range.split('/');
  if (length !== undefined) return inNetwork(address, network, length);
  return range === address || between(address, range.split('-'));
};
