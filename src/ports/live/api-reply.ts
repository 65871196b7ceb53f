import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';

/** What came back over HTTP, whatever it says. */
export interface ApiReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const statusSchema = z.looseObject({
  kind: z.literal('Status'),
  reason: z.string().optional(),
  message: z.string().optional(),
  details: z.looseObject({ name: z.string().optional() }).optional(),
});
export type ApiStatus = z.infer<typeof statusSchema>;

export const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The Status object with which Kubernetes explains a refusal; `undefined` when somebody else answered. */
export const statusOf = (reply: ApiReply): ApiStatus | undefined => statusSchema.safeParse(jsonOf(reply.text)).data;

export const isWebPage = (reply: ApiReply) =>
  (reply.headers['content-type'] ?? '').includes('html') || reply.text.trimStart().startsWith('<');
