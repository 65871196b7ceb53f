import { isIP } from 'node:net';

export const isAddress = (text: string): boolean => isIP(text) !== 0;

export const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];
