import { z } from 'zod';

const waySchema = z.strictObject({
  /** Of HTTP; absent where nobody answered with one. */
  status: z.int().optional(),
  message: z.string(),
});

export const proxiedGetSchema = z.strictObject({
  /** The environment of the container names a proxy for plain HTTP. */
  proxy: z.boolean(),
  /** As a program of the container asks, and as one that knows no proxy. */
  asTold: waySchema.optional(),
  direct: waySchema.optional(),
});
export type ProxiedGet = z.infer<typeof proxiedGetSchema>;
type Way = z.infer<typeof waySchema>;

// "way direct status=200 exit=0 " and, of curl where nobody answered, "way told status=000 exit=7 curl: (7) Failed to connect to …"
const line = /^way (told|direct) status=(\d{3}) exit=\d{1,3} ?([^\n]*)$/;

const wayOf = (status: string, message: string): Way => ({
  ...(status !== '000' && { status: Number(status) }),
  message: message.trim(),
});

/** What became of a request with the proxy of the environment, and of one without. */
export const parseProxiedGet = (stdout: string): ProxiedGet => {
  const told = stdout.split('\n').flatMap((text) => {
    const [, way = '', status = '', message = ''] = line.exec(text) ?? [];
    return way ? [{ way, heard: wayOf(status, message) }] : [];
  });
  const of = (name: string) => told.find(({ way }) => way === name)?.heard;
  const [asTold, direct] = [of('told'), of('direct')];
  return { proxy: /^proxy named$/m.test(stdout), ...(asTold && { asTold }), ...(direct && { direct }) };
};

// What a proxy says that does not want to, or does not find the way.
const ofProxy: ReadonlySet<number> = new Set([403, 407, 502, 503, 504]);

export const judgeProxied = ({ proxy, asTold, direct }: ProxiedGet) => {
  if (!proxy) return 'no-proxy';
  if (!asTold || direct?.status === undefined) return 'not-comparable';
  if (asTold.status === undefined) return 'proxy-fails';
  return asTold.status !== direct.status && ofProxy.has(asTold.status) ? 'proxy-refuses' : 'answers';
};
