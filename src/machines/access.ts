import type { MissingRight } from '../domain/cannot-look.js';
import type { Flow } from '../domain/flow.js';
import { kinds, type Readable } from '../domain/kinds.js';
import type { ResourceRule, Rules } from '../domain/ports.js';
import type { AnyStep } from '../domain/step.js';

const splitReadable = (readable: Readable) =>
  readable === 'pods/log'
    ? { resource: 'pods/log', group: '', namespaced: true }
    : { resource: readable, ...kinds[readable] };

export const namespacesOf = ({ from, to }: Flow): string[] => [
  ...new Set([from, to].flatMap((end) => ('namespace' in end ? [end.namespace] : []))),
];

/** Every right the steps would use in these namespaces, derived from what they declare. */
export const rightsFor = (steps: readonly AnyStep[], namespaces: readonly string[]): MissingRight[] => {
  const reads = [...new Set(steps.flatMap((step) => step.reads as Readable[]))].sort();
  const rights = reads.flatMap((readable): MissingRight[] => {
    const { resource, group, namespaced } = splitReadable(readable);
    const verbs = resource === 'pods/log' ? ['get'] : ['get', 'list'];
    const places = namespaced ? namespaces : [undefined];
    return verbs.flatMap((verb) =>
      places.map((namespace) => ({ verb, resource, group, ...(namespace ? { namespace } : {}) })),
    );
  });
  const execs = steps.some(({ level, runs }) =>
    runs.some(({ where }) => where === 'pod' || (where === 'anywhere' && level === 'probe')),
  );
  return [
    ...rights,
    ...(execs ? namespaces.map((namespace) => ({ verb: 'create', resource: 'pods/exec', group: '', namespace })) : []),
  ];
};

const covers = (rule: ResourceRule, { verb, resource, group }: MissingRight) => {
  const has = (list: readonly string[], value: string) => list.includes('*') || list.includes(value);
  const [kind, sub] = resource.split('/');
  const named =
    has(rule.resources, resource) ||
    (sub !== undefined && rule.resources.includes(`*/${sub}`)) ||
    rule.resources.includes(`${kind}/*`);
  return has(rule.verbs, verb) && has(rule.apiGroups, group) && named && rule.resourceNames.length === 0;
};

/** `unknown` where the authorizer could not list all rules: then absence proves nothing. */
export const isAllowed = (right: MissingRight, rules: Rules): 'yes' | 'no' | 'unknown' => {
  if (rules.rules.some((rule) => covers(rule, right))) return 'yes';
  return rules.incomplete ? 'unknown' : 'no';
};

export const writeRight = ({ verb, resource, group, namespace }: MissingRight) =>
  `${verb} ${resource}${group ? `.${group}` : ''}${namespace ? ` in ${namespace}` : ''}`;
