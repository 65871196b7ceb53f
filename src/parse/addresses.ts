import { isIP } from 'node:net';

export const isAddress = (text: string): boolean => isIP(text) !== 0;

/** `10.0.0.1:80`, `[fd00::1]:80`, `www.example.com:80`. */
export const hostPort = (host: string, port: number): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

export const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];
