import type { Protocol } from '../../domain/flow.js';
import { isPod, type Party } from '../model/party.js';
import { allPorts, noPorts, type PortSet, portsOf, protocols, unitePorts } from '../ports/port-set.js';
import { child, complain, type Field, isAbsent, itemsOf, knowOnly, numberOf, wordOf } from '../read/field.js';

export type Ports = (receiver: Party) => PortSet;

export const isPortNumber = (port: number): boolean => port >= 1 && port <= 65535;

/** At most 15 small letters, digits and single dashes, a letter among them (IANA service name). */
export const isPortName = (name: string): boolean =>
  name.length <= 15 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && /[a-z]/.test(name);

/** A name means whatever number the receiving Pod gave to it for this protocol; addresses have no names. */
export const namedPort =
  (name: string, protocol: Protocol): Ports =>
  (receiver) =>
    isPod(receiver)
      ? receiver.declared
          .filter((item) => item.name === name && item.protocol === protocol)
          .reduce((found, { port }) => unitePorts(found, portsOf(protocol, port, port)), noPorts)
      : noPorts;

const checkEnd = (field: Field, port: unknown, end: number) => {
  if (typeof port !== 'number') complain(field, 'endPort needs a port that is a number');
  else if (end < port) complain(field, `endPort ${end} is below port ${port}`);
  else if (!isPortNumber(end)) complain(field, `${end} is not between 1 and 65535`);
};

const readName = (field: Field, name: string, protocol: Protocol): Ports => {
  if (!isPortName(name)) complain(field, `"${name}" cannot be the name of a port`);
  return namedPort(name, protocol);
};

/** Without a protocol TCP is meant; without a port all of its ports. */
const readPort = (field: Field): Ports => {
  knowOnly(field, 'protocol', 'port', 'endPort');
  const protocol = wordOf(child(field, 'protocol'), protocols) ?? 'TCP';
  const [written, endField] = [child(field, 'port'), child(field, 'endPort')];
  const end = numberOf(endField);
  if (end !== undefined) checkEnd(endField, written.value, end);
  if (isAbsent(written)) return () => portsOf(protocol, 1, 65535);
  if (typeof written.value === 'string') return readName(written, written.value, protocol);
  const port = numberOf(written) ?? 0;
  if (!isPortNumber(port)) complain(written, `${port} is not between 1 and 65535`);
  const range = portsOf(protocol, port, end ?? port);
  return () => range;
};

/** Absent and empty lists mean every port of every protocol, those without ports included. */
export const readPorts = (field: Field): Ports => {
  const items = (itemsOf(field) ?? []).map(readPort);
  if (items.length === 0) return () => allPorts;
  return (receiver) => items.reduce((found, ports) => unitePorts(found, ports(receiver)), noPorts);
};
