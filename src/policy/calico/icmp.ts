import { intersectPorts, isEmpty, noPorts, type PortSet, withoutPorts } from '../ports/port-set.js';
import { child, complain, type Field, isAbsent, numberOf } from '../read/field.js';
import type { Spoken } from './protocol.js';

/** ICMP and ICMPv6. */
const messages: PortSet = {
  ...noPorts,
  other: [
    [1, 1],
    [58, 58],
  ],
};

const checkOne = (field: Field, key: 'type' | 'code') => {
  const number = numberOf(child(field, key));
  if (number !== undefined && (number < 0 || number > 255))
    complain(child(field, key), `${number} is not between 0 and 255`);
  return number;
};

const check = (field: Field) => {
  const [type, code] = [checkOne(field, 'type'), checkOne(field, 'code')];
  if (code !== undefined && type === undefined) complain(child(field, 'code'), 'a code needs a type');
};

export interface Parted {
  readonly sure: PortSet;
  /** Messages of which only some types are meant. */
  readonly partly: PortSet;
}

/** A rule that speaks of some types of ICMP speaks of a part of the protocol only. */
export const partedByIcmp = (rule: Field, { number }: Spoken, ports: PortSet): Parted => {
  const [wanted, unwanted] = [child(rule, 'icmp'), child(rule, 'notICMP')];
  if (isAbsent(wanted) && isAbsent(unwanted)) return { sure: ports, partly: noPorts };
  for (const field of [wanted, unwanted]) check(field);
  if (!isAbsent(wanted) && number !== 1 && number !== 58) complain(wanted, 'needs protocol ICMP or ICMPv6');
  const partly = intersectPorts(ports, messages);
  return {
    sure: isAbsent(wanted) ? withoutPorts(ports, messages) : noPorts,
    partly: isEmpty(partly) ? noPorts : partly,
  };
};
