import type { Protocol } from '../../domain/flow.js';
import { isPortNumber, namedPort, type Ports } from '../kubernetes/ports.js';
import { noPorts, type PortSet, portsOf, unitePorts } from '../ports/port-set.js';
import { complain, type Field, itemsOf } from '../read/field.js';

const name = /^[A-Za-z0-9_.-]{1,128}$/;
const range = /^(\d+):(\d+)$/;

type Read = (protocol: Protocol) => Ports;

const never: Read = () => () => noPorts;

const between =
  (first: number, last: number): Read =>
  (protocol) => {
    const ports = portsOf(protocol, first, last);
    return () => ports;
  };

const readNumbers = (field: Field, first: number, last: number): Read => {
  if (!isPortNumber(first) || !isPortNumber(last)) complain(field, `${field.value} is not between 1 and 65535`);
  else if (last < first) complain(field, `${field.value} ends below its start`);
  else return between(first, last);
  return never;
};

/** A number, `"80:90"`, or the name of a port. */
const readPort = (field: Field): Read => {
  const { value } = field;
  if (typeof value === 'number') return readNumbers(field, value, value);
  const text = String(value);
  const [, first, last] = range.exec(text) ?? [];
  if (first !== undefined) return readNumbers(field, Number(first), Number(last));
  if (/^\d+$/.test(text)) return readNumbers(field, Number(text), Number(text));
  if (typeof value === 'string' && name.test(text)) return (protocol) => namedPort(text, protocol);
  complain(field, `"${text}" is no port: a number, a range such as "80:90", or a name`);
  return never;
};

/** Nothing where no port is written. */
export const readPorts = (field: Field, protocol: Protocol | undefined): Ports | undefined => {
  const items = itemsOf(field) ?? [];
  if (items.length === 0) return undefined;
  if (!protocol) complain(field, 'ports need a protocol that has them: TCP, UDP or SCTP');
  const each = items.map((item) => readPort(item)(protocol ?? 'TCP'));
  return (receiver) => each.reduce<PortSet>((found, ports) => unitePorts(found, ports(receiver)), noPorts);
};
