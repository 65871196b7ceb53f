import type { Range } from '../address/range.js';
import type { Manifest } from '../inventory/document.js';
import type { Ports } from '../kubernetes/ports.js';
import { both, doubt, type Match, type Reason, reason } from '../model/match.js';
import type { Party } from '../model/party.js';
import type { Action, Direction, Rule } from '../model/policy.js';
import { intersectPorts, isEmpty, type PortSet, withoutPorts } from '../ports/port-set.js';
import { child, complain, type Field, isAbsent, itemsOf, objectOf, wordOf } from '../read/field.js';
import { unknownFields } from '../read/unknown-fields.js';
import { type Entity, readEntity, type World } from './entity.js';
import { partedByIcmp } from './icmp.js';
import { readPorts } from './ports.js';
import { readNotProtocol, readProtocol, type Spoken } from './protocol.js';

const actions = { Allow: 'allow', Deny: 'deny', Pass: 'pass', Log: 'log' } as const satisfies Record<string, Action>;
const ruleFields = 'action ipVersion protocol icmp notProtocol notICMP source destination http metadata'.split(' ');
const entityFields =
  'nets notNets selector notSelector namespaceSelector ports notPorts serviceAccounts services domains'.split(' ');

export interface Home {
  readonly manifest: Manifest;
  readonly direction: Direction;
  readonly world: World;
}

export interface ReadRule {
  /** Several where one line speaks of ends that are not treated alike. */
  readonly rules: readonly Rule[];
  readonly ranges: readonly Range[];
}

type Test = (party: Party) => Match;

const readAction = (field: Field): Action => {
  const written = child(field, 'action');
  const word = wordOf(written, ['Allow', 'Deny', 'Pass', 'Log'] as const);
  if (isAbsent(written)) complain(written, 'an action is required');
  return actions[word ?? 'Deny'];
};

const readFamily = (field: Field): Test => {
  const written = child(field, 'ipVersion');
  if (isAbsent(written)) return () => true;
  const { value } = written;
  if (value !== 4 && value !== 6) complain(written, `"${String(value)}" is neither 4 nor 6`);
  return ({ address, name }) => (address ? address.family === value : doubt('address-unknown', { end: name }));
};

/** What makes it doubtful whether a rule speaks of a connection at all. */
const doubtsOf = (field: Field): Reason[] => {
  const [source, destination] = [child(field, 'source'), child(field, 'destination')];
  const unknown = [
    ...unknownFields(field, ...ruleFields),
    ...unknownFields(source, ...entityFields),
    ...unknownFields(destination, ...entityFields),
  ];
  const ports = ['ports', 'notPorts'].some((key) => (itemsOf(child(source, key)) ?? []).length > 0);
  return [
    ...unknown.map((name) => reason('field-not-understood', { field: name })),
    // The port that a connection is opened from is anybody's guess.
    ...(ports ? [reason('source-port')] : []),
  ];
};

const checkHttp = (field: Field, { direction }: Home, { protocol, number }: Spoken): Reason[] => {
  const http = child(field, 'http');
  if (isAbsent(http)) return [];
  objectOf(http);
  if (direction === 'egress') complain(http, 'does not go with egress');
  if (child(field, 'action').value !== 'Allow') complain(http, 'goes with Allow only');
  if (number !== undefined && protocol !== 'TCP') complain(http, 'needs protocol TCP');
  return [reason('layer-7')];
};

const checkServices = (field: Field, { direction }: Home) => {
  const wrong = child(child(field, direction === 'egress' ? 'source' : 'destination'), 'services');
  if (!isAbsent(wrong)) complain(wrong, 'goes with the source of ingress and the destination of egress only');
};

/** Ports are those of the destination, which receives. */
const receiving = (field: Field, spoken: Spoken): ((base: PortSet) => Ports) => {
  const destination = child(field, 'destination');
  const ports = readPorts(child(destination, 'ports'), spoken.protocol);
  const notPorts = readPorts(child(destination, 'notPorts'), spoken.protocol);
  for (const key of ['ports', 'notPorts']) readPorts(child(child(field, 'source'), key), spoken.protocol);
  if (!ports && !notPorts) return (base) => () => base;
  return (base) => (receiver) => {
    const wanted = ports ? intersectPorts(base, ports(receiver)) : base;
    return notPorts ? withoutPorts(wanted, notPorts(receiver)) : wanted;
  };
};

interface Variant {
  readonly ports: Ports;
  readonly also: Test;
}

const always: Test = () => true;

const variantsOf = (field: Field, spoken: Spoken, { services }: Entity): Variant[] => {
  const base = withoutPorts(spoken.ports, readNotProtocol(field));
  const { sure, partly } = partedByIcmp(field, spoken, base);
  const limited = receiving(field, spoken);
  if (services) {
    // Of a Service that is not known, any port may be meant.
    const open = (ports: PortSet) => (isEmpty(ports) ? sure : intersectPorts(sure, ports));
    return services.groups.map(({ ports, matches }) => ({ ports: limited(open(ports)), also: matches }));
  }
  return [
    ...(isEmpty(sure) && !isEmpty(partly) ? [] : [{ ports: limited(sure), also: always }]),
    ...(isEmpty(partly) ? [] : [{ ports: limited(partly), also: () => doubt('icmp-type') }]),
  ];
};

const everyTest =
  (...tests: readonly Test[]): Test =>
  (party) =>
    tests.reduce<Match>((found, test) => (found === false ? false : both(found, test(party))), true);

/** Every rule has a source and a destination; one of them is the end that the policy selects. */
export const readRule = (field: Field, home: Home): ReadRule => {
  objectOf(field);
  checkServices(field, home);
  const { manifest, direction, world } = home;
  const entity = (key: 'source' | 'destination') =>
    readEntity(child(field, key), { home: manifest.namespace, isDestination: key === 'destination' }, world);
  const [source, destination] = [entity('source'), entity('destination')];
  const [own, peer] = direction === 'egress' ? [source, destination] : [destination, source];
  const spoken = readProtocol(field);
  const [action, family, doubts] = [readAction(field), readFamily(field), doubtsOf(field)];
  const http = checkHttp(field, home, spoken);
  const wary: Test = () => (doubts.length > 0 ? { reasons: doubts } : true);
  const rules = variantsOf(field, spoken, destination).map(
    ({ ports, also }): Rule => ({
      action,
      name: `${direction}[${field.path.at(-1)}]`,
      place: { ...manifest.place, path: field.path },
      peer: everyTest(peer.matches, family, also, wary),
      own: own.matches,
      ports,
      remarks: () => http,
    }),
  );
  return { rules, ranges: [...source.ranges, ...destination.ranges] };
};
