import { z } from 'zod';

/** A name or an address, bare (IPv6 without brackets). Never an option: no leading hyphen. */
export const hostSchema = z
  .string()
  .regex(/^[A-Za-z0-9_:][A-Za-z0-9_.:-]*$/)
  .max(253);
export const portSchema = z.int().min(1).max(65535);
export const triesSchema = z.int().min(1).max(20);
export const waitSchema = z.int().min(1).max(10);
/** Of a request of HTTP, with its query. */
export const pathSchema = z
  .string()
  .regex(/^\/[\x21-\x7e]*$/)
  .max(1024);
/** A moment in seconds since 1970. Whoever reads counters twice gives it, so that no older reading serves. */
export const momentSchema = z.string().regex(/^[\d.]{1,20}$/);
/** The name of a network device (IFNAMSIZ: at most fifteen characters). */
export const deviceSchema = z.string().regex(/^[A-Za-z0-9][\w.@-]{0,14}$/);
