import type { Protocol } from '../../domain/flow.js';
import { intersect, type Spans, unite, without } from './spans.js';

export const protocols = ['TCP', 'UDP', 'SCTP'] as const satisfies readonly Protocol[];
export const lines = [...protocols, 'other'] as const;
type Line = (typeof lines)[number];

/** Ports per protocol; `other` holds the numbers of IP protocols that have no ports, such as ICMP (1). */
export type PortSet = Readonly<Record<Line, Spans>>;

const everyPort: Spans = [[1, 65535]];
/** Numbers of IP protocols without TCP (6), UDP (17) and SCTP (132). */
const everyOther: Spans = [
  [0, 5],
  [7, 16],
  [18, 131],
  [133, 255],
];

export const noPorts: PortSet = { TCP: [], UDP: [], SCTP: [], other: [] };
export const allPorts: PortSet = { TCP: everyPort, UDP: everyPort, SCTP: everyPort, other: everyOther };

export const portsOf = (protocol: Protocol, first: number, last: number): PortSet => ({
  ...noPorts,
  [protocol]: [[first, last]],
});

const each = (one: PortSet, other: PortSet, combine: (a: Spans, b: Spans) => Spans): PortSet => ({
  TCP: combine(one.TCP, other.TCP),
  UDP: combine(one.UDP, other.UDP),
  SCTP: combine(one.SCTP, other.SCTP),
  other: combine(one.other, other.other),
});

export const isEmpty = (ports: PortSet): boolean => lines.every((line) => ports[line].length === 0);

export const unitePorts = (one: PortSet, other: PortSet): PortSet =>
  one === noPorts ? other : other === noPorts ? one : each(one, other, unite);

export const intersectPorts = (one: PortSet, other: PortSet): PortSet =>
  one === allPorts ? other : other === allPorts ? one : each(one, other, intersect);

export const withoutPorts = (one: PortSet, other: PortSet): PortSet =>
  other === noPorts ? one : other === allPorts ? noPorts : each(one, other, without);

const isSame = (one: Spans, other: Spans) =>
  one.length === other.length &&
  one.every(([first, last], index) => first === other[index]?.[0] && last === other[index]?.[1]);

export const isEverything = (ports: PortSet): boolean => lines.every((line) => isSame(ports[line], allPorts[line]));

export const isEveryPort = (spans: Spans): boolean => isSame(spans, everyPort);
