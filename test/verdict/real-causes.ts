import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { causeSchema, eliminationSchema } from '../../src/domain/cause.js';

const folder = fileURLToPath(new URL('../../causes', import.meta.url));
const read = (name: string): unknown => parse(readFileSync(join(folder, name), 'utf8'));

export const elimination = eliminationSchema.parse(read('elimination.yaml'));

export const causes = Object.fromEntries(
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') && name !== 'elimination.yaml')
    .map((name) => [basename(name, '.yaml'), causeSchema.parse(read(name))]),
);
