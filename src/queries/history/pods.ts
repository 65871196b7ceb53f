import { z } from 'zod';
import { isDnsLabel, isDnsSubdomain } from '../../domain/dns-names.js';
import { literally } from './question.js';

export const podSchema = z.strictObject({
  namespace: z.string().refine(isDnsLabel),
  name: z.string().refine(isDnsSubdomain),
});

/** `names` is a regular expression that means each of them and nothing else. */
export const podsByNamespace = (pods: readonly z.infer<typeof podSchema>[]) =>
  [...Map.groupBy(pods, ({ namespace }) => namespace)].map(([namespace, some]) => ({
    namespace,
    names: some.map(({ name }) => literally(name)).join('|'),
  }));
