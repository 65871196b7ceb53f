import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import type { JsonObject } from '../../domain/json.js';
import type { ApiReply } from './api-reply.js';
import type { ApiRequest } from './api-request.js';

const pageSize = '500';
// A list this long would not be looked through by anyone, and would fill the memory.
const most = 50_000;

const pageSchema = z.looseObject({
  metadata: z.looseObject({ continue: z.string().optional() }).default({}),
  items: z.array(z.record(z.string(), z.json())).nullish(),
});
type Page = z.infer<typeof pageSchema>;
type Understand = (reply: ApiReply, request: ApiRequest, schema: z.ZodType<Page>) => Page;

const withQuery = (request: ApiRequest, more: readonly (readonly [string, string])[]): ApiRequest => ({
  ...request,
  query: [...(request.query ?? []), ...more],
});

const hasLimit = ({ query }: ApiRequest) => query?.some(([name]) => name === 'limit') ?? false;

/**
 * All items of a LIST, page by page; a request that brings a limit of its own is one page. When the place where it
 * stopped is no longer known (410), the whole list is read once without pages, as client-go's pager does.
 */
export const listPages = async (
  request: ApiRequest,
  send: (request: ApiRequest) => Promise<ApiReply>,
  understand: Understand,
): Promise<JsonObject[]> => {
  const whole = async () => understand(await send(request), request, pageSchema).items ?? [];
  if (hasLimit(request)) return whole();
  const items: JsonObject[] = [];
  let next: string | undefined;
  do {
    const page = withQuery(request, [['limit', pageSize], ...(next ? [['continue', next] as const] : [])]);
    const reply = await send(page);
    if (reply.status === 410 && next) return whole();
    const { metadata, items: found } = understand(reply, page, pageSchema);
    items.push(...(found ?? []));
    if (items.length > most)
      throw new CannotLook('capped', `There are more than ${most} ${request.resource}; narrow the selection.`);
    next = metadata.continue;
  } while (next);
  return items;
};
