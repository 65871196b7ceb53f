import { z } from 'zod';

/** A name or an address, bare (IPv6 without brackets). Never an option: no leading hyphen. */
export const hostSchema = z
  .string()
  .regex(/^[A-Za-z0-9_:][A-Za-z0-9_.:-]*$/)
  .max(253);
export const portSchema = z.int().min(1).max(65535);
export const triesSchema = z.int().min(1).max(20);
export const waitSchema = z.int().min(1).max(10);
