import { z } from 'zod';

export const complaintSchema = z.enum([
  'connect-refused',
  'connect-times-out',
  'read-times-out',
  'header-too-big',
  'closed-early',
  'wrong-protocol',
  'body-too-large',
  'proxy-protocol',
  'class-ignored',
  'no-service',
  'no-endpoint',
  'no-live-backend',
  'certificate-missing',
  'reload-fails',
  'no-rights',
]);
type Complaint = z.infer<typeof complaintSchema>;

// Words of nginx and of the controller around it, the telling ones first.
const patterns: readonly [Complaint, RegExp][] = [
  [
    'wrong-protocol',
    /SSL_do_handshake\(\) failed .{0,200}(wrong version number|packet length too long|unknown protocol|http request)/,
  ],
  ['wrong-protocol', /upstream sent no valid HTTP\/1\.0 header|upstream sent invalid header/],
  ['header-too-big', /upstream sent too big header/],
  ['read-times-out', /upstream timed out .{0,80}while (reading response header|reading upstream|sending request)/],
  ['connect-times-out', /upstream timed out .{0,80}while connecting to upstream/],
  ['connect-times-out', /connect\(\) (to .{0,100})?failed \(113: .{0,60}while connecting to upstream/],
  ['connect-refused', /connect\(\) (to .{0,100})?failed \(111: .{0,60}while connecting to upstream/],
  ['closed-early', /upstream prematurely closed connection|recv\(\) failed \(104: .{0,80}(from upstream|upstream)/],
  ['body-too-large', /client intended to send too large body/],
  ['proxy-protocol', /\*\d+ broken header: "/],
  ['class-ignored', /Ignoring ingress because of error while validating ingress class/],
  ['no-service', /Error obtaining Endpoints for Service/],
  ['no-endpoint', /does not have any active Endpoint/],
  ['no-live-backend', /no live upstreams while connecting to upstream/],
  ['certificate-missing', /Error getting SSL certificate/],
  [
    'reload-fails',
    /Unexpected failure (reconfiguring NGINX|reloading the backend)|Error reloading NGINX|Dynamic reconfiguration (failed|was not)/i,
  ],
  ['no-rights', /(ingresses|ingressclasses|services|endpointslices|secrets)\S* is forbidden/],
];

/** Complaints that are about all requests alike: their lines name no host and no object. */
const aboutAll: readonly Complaint[] = ['proxy-protocol', 'reload-fails', 'no-rights'];

// "2026/11/21 17:54:24 [error] 2126#2126: *8 connect() failed (111: Connection refused) while connecting to upstream, client: 10.244.1.2, …"
const ofNginx = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d) \[/;
// "W1121 17:25:18.123456       1 endpoints.go:46] Service "kiln/pots" does not have any active Endpoint."
const ofKlog = /^[IWEF](\d\d)(\d\d) (\d\d):(\d\d):(\d\d)/;

const numbers = (found: RegExpExecArray) => found.slice(1).map(Number);

/** Containers run in UTC; klog writes no year. */
const timeOf = (line: string, now: number): number | undefined => {
  const nginx = ofNginx.exec(line);
  if (nginx) {
    const [year, month = 1, ...rest] = numbers(nginx);
    return Date.UTC(year ?? 0, month - 1, ...rest);
  }
  const klog = ofKlog.exec(line);
  if (!klog) return undefined;
  const [month = 1, ...rest] = numbers(klog);
  const at = Date.UTC(new Date(now).getUTCFullYear(), month - 1, ...rest);
  return at > now + 86_400_000 ? at - 31_536_000_000 : at;
};

export interface About {
  readonly now: number;
  readonly since: number;
  /** Of the request; a line of nginx about another one does not count. */
  readonly host: string;
  /** `NAMESPACE/NAME` of the Ingress, its Service, and its Secret. */
  readonly objects: readonly string[];
}

export const complainedSchema = z.strictObject({ what: complaintSchema, line: z.string(), times: z.int() });
export type Complained = z.infer<typeof complainedSchema>;

const concerns = (line: string, { host, objects }: About) => {
  const asked = /, host: "([^"]{0,253})"/.exec(line)?.[1];
  if (asked !== undefined) return host === '' || asked.replace(/:\d+$/, '').toLowerCase() === host.toLowerCase();
  return objects.some((name) => line.includes(`"${name}"`));
};

/** Every complaint about one request and its objects, the most telling first. Whether a line was understood at all is told too. */
export const complaintsIn = (log: string, about: About): { understood: boolean; complaints: Complained[] } => {
  const lines = log.split('\n').map((line) => line.slice(0, 2000));
  const dated = lines.map((line) => ({ line, at: timeOf(line, about.now) }));
  const recent = dated.filter(({ at }) => at !== undefined && at >= about.since).map(({ line }) => line);
  const complaints = patterns.flatMap(([what, pattern]): Complained[] => {
    const found = recent.filter((line) => pattern.test(line) && (aboutAll.includes(what) || concerns(line, about)));
    const last = found.at(-1);
    return last === undefined ? [] : [{ what, line: last.trim().slice(0, 400), times: found.length }];
  });
  return { understood: dated.some(({ at }) => at !== undefined), complaints };
};
