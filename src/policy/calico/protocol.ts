import type { Protocol } from '../../domain/flow.js';
import { allPorts, noPorts, type PortSet, portsOf, protocols } from '../ports/port-set.js';
import { child, complain, type Field, isAbsent } from '../read/field.js';

const numbers: Readonly<Record<string, number>> = {
  icmp: 1,
  tcp: 6,
  udp: 17,
  icmpv6: 58,
  sctp: 132,
  udplite: 136,
};

const withPorts: Readonly<Record<number, Protocol>> = { 6: 'TCP', 17: 'UDP', 132: 'SCTP' };

/** By name, whatever its case, or by number; a number may be written as a text. */
const numberOf = (field: Field): number | undefined => {
  const { value } = field;
  const number = typeof value === 'string' ? (numbers[value.toLowerCase()] ?? Number(value)) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= 255) return number;
  complain(
    field,
    `"${String(value)}" is no protocol: a number up to 255, or ${protocols.join(', ')}, ICMP, ICMPv6, UDPLite`,
  );
  return undefined;
};

export const setOf = (number: number): PortSet => {
  const protocol = withPorts[number];
  return protocol ? portsOf(protocol, 1, 65535) : { ...noPorts, other: [[number, number]] };
};

export interface Spoken {
  /** Absent where a rule speaks of every protocol. */
  readonly number: number | undefined;
  /** Absent for protocols that have no ports. */
  readonly protocol: Protocol | undefined;
  readonly ports: PortSet;
}

export const readProtocol = (rule: Field): Spoken => {
  const field = child(rule, 'protocol');
  const number = isAbsent(field) ? undefined : numberOf(field);
  if (number === undefined) return { number, protocol: undefined, ports: allPorts };
  return { number, protocol: withPorts[number], ports: setOf(number) };
};

/** The protocols that a rule leaves out. */
export const readNotProtocol = (rule: Field): PortSet => {
  const field = child(rule, 'notProtocol');
  const number = isAbsent(field) ? undefined : numberOf(field);
  return number === undefined ? noPorts : setOf(number);
};
