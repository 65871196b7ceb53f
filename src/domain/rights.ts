import type { MissingRight } from './cannot-look.js';
import type { ResourceRule, Rules } from './ports.js';

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
