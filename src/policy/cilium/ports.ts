import type { Protocol } from '../../domain/flow.js';
import { isPortName, isPortNumber, namedPort, type Ports } from '../kubernetes/ports.js';
import type { Reason } from '../model/match.js';
import { reason } from '../model/match.js';
import { noPorts, type PortSet, portsOf, protocols, unitePorts } from '../ports/port-set.js';
import { child, complain, type Field, isAbsent, itemsOf, numberOf, objectOf, textOf } from '../read/field.js';
import { unknownFields } from '../read/unknown-fields.js';

/** Protocols without ports: for them the number is a type of message. */
const portless: Readonly<Record<string, number>> = { ICMP: 1, ICMPV6: 58, IGMP: 2, VRRP: 112 };

const unite =
  (each: readonly Ports[]): Ports =>
  (receiver) =>
    each.reduce<PortSet>((found, ports) => unitePorts(found, ports(receiver)), noPorts);

/** ANY and nothing mean all that have ports. */
const readProtocol = (field: Field): readonly Protocol[] => {
  const word = (textOf(field) || 'ANY').toUpperCase();
  if (word === 'ANY') return protocols;
  const one = protocols.filter((protocol) => protocol === word);
  if (one.length === 0) complain(field, `"${String(field.value)}" is not one of ${protocols.join(', ')}, ANY`);
  return one;
};

const readNumber = (field: Field, text: string, endField: Field): readonly [number, number] => {
  const first = Number(text);
  const end = numberOf(endField);
  if (first === 0) return [1, 65535];
  if (!isPortNumber(first)) complain(field, `${text} is not between 0 and 65535`);
  if (end !== undefined && end !== 0 && end < first) complain(endField, `endPort ${end} is below port ${first}`);
  if (end !== undefined && end > 65535) complain(endField, `${end} is not between 1 and 65535`);
  return [first, end || first];
};

interface OnePort {
  readonly ports: Ports;
  /** Only some messages of its protocol are meant. */
  readonly partly: boolean;
}

/** Port 0 is every port; with a name `endPort` has no effect. */
const readPort = (field: Field): OnePort => {
  objectOf(field);
  const [written, protocolField] = [child(field, 'port'), child(field, 'protocol')];
  const text = textOf(written) ?? '';
  if (isAbsent(written)) complain(written, 'a port is missing; "0" is every port');
  const number = portless[String(protocolField.value).toUpperCase()];
  if (number !== undefined) return { ports: () => ({ ...noPorts, other: [[number, number]] }), partly: true };
  const spoken = readProtocol(protocolField);
  if (/^\d+$/.test(text)) {
    const [first, last] = readNumber(written, text, child(field, 'endPort'));
    return { ports: unite(spoken.map((protocol) => () => portsOf(protocol, first, last))), partly: false };
  }
  const name = text.toLowerCase();
  if (text !== '' && !isPortName(name)) complain(written, `"${text}" cannot be the name of a port`);
  return { ports: unite(spoken.map((protocol) => namedPort(name, protocol))), partly: false };
};

export interface PortEntry {
  readonly ports: Ports;
  readonly doubts: readonly Reason[];
  readonly remarks: readonly Reason[];
}

const isEmpty = (field: Field) => Object.values(objectOf(field) ?? {}).every((value) => value === null);

/** What is asked of the content once the port is right. */
const readContent = (field: Field): Reason[] => {
  const rules = child(field, 'rules');
  const more = ['serverNames', 'listener', 'terminatingTLS', 'originatingTLS'].map((key) => child(field, key));
  return !isEmpty(rules) || more.some((one) => !isAbsent(one)) ? [reason('layer-7')] : [];
};

const known = ['ports', 'rules', 'serverNames', 'listener', 'terminatingTLS', 'originatingTLS'] as const;

const readEntry = (field: Field): PortEntry[] => {
  const unknown = unknownFields(field, ...known).map((name) => reason('field-not-understood', { field: name }));
  const items = (itemsOf(child(field, 'ports')) ?? []).map(readPort);
  if (items.length > 40) complain(child(field, 'ports'), 'has more than 40 ports');
  const remarks = readContent(field);
  if (items.length === 0) return [{ ports: () => portsOfAll, doubts: [...unknown, reason('ports-empty')], remarks }];
  return [false, true].flatMap((partly) => {
    const some = items.filter((item) => item.partly === partly);
    const doubts = partly ? [...unknown, reason('icmp-type')] : unknown;
    return some.length > 0 ? [{ ports: unite(some.map(({ ports }) => ports)), doubts, remarks }] : [];
  });
};

const portsOfAll = protocols.reduce<PortSet>((found, one) => unitePorts(found, portsOf(one, 1, 65535)), noPorts);

export const readToPorts = (field: Field): PortEntry[] => (itemsOf(field) ?? []).flatMap(readEntry);

const checkType = (field: Field) => {
  const { value } = field;
  if (isAbsent(field)) complain(field, 'a type is missing');
  else if (typeof value === 'number' && (value < 0 || value > 255))
    complain(field, `${value} is not between 0 and 255`);
};

/** Types of messages: a part of the protocol. */
export const readIcmps = (field: Field): PortEntry[] =>
  (itemsOf(field) ?? []).map((item) => {
    const fields = itemsOf(child(item, 'fields')) ?? [];
    const numbers = fields.map((one) => {
      checkType(child(one, 'type'));
      const family = textOf(child(one, 'family')) ?? 'IPv4';
      if (family !== 'IPv4' && family !== 'IPv6')
        complain(child(one, 'family'), `"${family}" is neither IPv4 nor IPv6`);
      return family === 'IPv6' ? 58 : 1;
    });
    const ports: PortSet = numbers.reduce<PortSet>(
      (found, number) => unitePorts(found, { ...noPorts, other: [[number, number]] }),
      noPorts,
    );
    return { ports: () => ports, doubts: [reason('icmp-type')], remarks: [] };
  });
