import type { Protocol } from '../../domain/flow.js';
import { isPortName, isPortNumber, namedPort, type Ports } from '../kubernetes/ports.js';
import type { Party } from '../model/party.js';
import { allPorts, noPorts, portsOf, protocols, unitePorts } from '../ports/port-set.js';
import { child, complain, type Field, isAbsent, itemsOf, numberOf, objectOf, textOf, wordOf } from '../read/field.js';

const nothing: Ports = () => noPorts;

const readNumber = (field: Field): number => {
  const port = numberOf(field);
  if (port === undefined) complain(field, 'a number is missing');
  else if (!isPortNumber(port)) complain(field, `${port} is not between 1 and 65535`);
  return port ?? 0;
};

const readRange = (field: Field, protocol: Protocol): Ports => {
  const [first, last] = [readNumber(child(field, 'start')), readNumber(child(field, 'end'))];
  if (last <= first) complain(child(field, 'end'), `end ${last} is not above start ${first}`);
  return () => portsOf(protocol, first, last);
};

/** A name takes the protocol that the container gave to it, whatever it is. */
const readName = (field: Field): Ports => {
  const name = textOf(field) ?? '';
  if (!isPortName(name)) complain(field, `"${name}" cannot be the name of a port`);
  const each = protocols.map((protocol) => namedPort(name, protocol));
  return (receiver: Party) => each.reduce((found, ports) => unitePorts(found, ports(receiver)), noPorts);
};

const protocolOf = (field: Field): Protocol => wordOf(child(field, 'protocol'), protocols) ?? 'TCP';

const single = (field: Field, protocol: Protocol): Ports => {
  const port = readNumber(field);
  return () => portsOf(protocol, port, port);
};

/** v1alpha1: `portNumber`, `portRange` or `namedPort`. */
const readOld = (field: Field): Ports => {
  if (Object.keys(objectOf(field) ?? {}).length !== 1) complain(field, 'write one of portNumber, portRange, namedPort');
  const [number, range, name] = ['portNumber', 'portRange', 'namedPort'].map((key) => child(field, key));
  if (number && !isAbsent(number)) return single(child(number, 'port'), protocolOf(number));
  if (range && !isAbsent(range)) return readRange(range, protocolOf(range));
  return name && !isAbsent(name) ? readName(name) : nothing;
};

const readDestination = (field: Field, protocol: Protocol): Ports => {
  const [number, range] = [child(field, 'number'), child(field, 'range')];
  if (!isAbsent(number) && !isAbsent(range)) complain(field, 'write either number or range');
  if (!isAbsent(number)) return single(number, protocol);
  if (!isAbsent(range)) return readRange(range, protocol);
  if (!isAbsent(field)) complain(field, 'write number or range');
  return () => portsOf(protocol, 1, 65535);
};

/** v1alpha2: `tcp`, `udp`, `sctp` with their destination port, or `destinationNamedPort`. */
const readNew = (field: Field): Ports => {
  const keys = Object.keys(objectOf(field) ?? {});
  if (keys.length !== 1) complain(field, 'write one of tcp, udp, sctp, destinationNamedPort');
  const name = child(field, 'destinationNamedPort');
  if (!isAbsent(name)) return readName(name);
  const protocol = protocols.find((one) => !isAbsent(child(field, one.toLowerCase())));
  if (!protocol) return nothing;
  return readDestination(child(child(field, protocol.toLowerCase()), 'destinationPort'), protocol);
};

const together = (field: Field, read: (item: Field) => Ports): Ports => {
  const items = (itemsOf(field) ?? []).map(read);
  if (items.length === 0) return () => allPorts;
  return (receiver) => items.reduce((found, ports) => unitePorts(found, ports(receiver)), noPorts);
};

export const readPorts = (rule: Field): Ports => {
  const protocolsField = child(rule, 'protocols');
  return isAbsent(protocolsField) ? together(child(rule, 'ports'), readOld) : together(protocolsField, readNew);
};
