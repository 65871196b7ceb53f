import { z } from 'zod';

const saidSchema = z.object({
  service: z.object({ namespace: z.string(), name: z.string() }),
  localEndpoints: z.int().min(0),
});

export const localHealthSchema = z.strictObject({ service: z.string(), endpoints: z.int() });
export type LocalHealth = z.infer<typeof localHealthSchema>;

/** `{"service":{"namespace":"lobby","name":"lift"},"localEndpoints":1,…}`, with status 200 or 503; undefined for anything else. */
export const parseLocalHealth = (text: string): LocalHealth | undefined => {
  try {
    const read = saidSchema.safeParse(JSON.parse(text));
    if (!read.success) return undefined;
    const { service, localEndpoints } = read.data;
    return { service: `${service.namespace}/${service.name}`, endpoints: localEndpoints };
  } catch {
    return undefined;
  }
};
