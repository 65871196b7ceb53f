import { isIPv4 } from 'node:net';

const four = (hex: string) => (hex.match(/../g) ?? []).map((part) => Number.parseInt(part, 16)).join('.');

/** As people write it, with the zeros left out. */
const six = (text: string) => URL.parse(`http://[${text}]/`)?.hostname.slice(1, -1) ?? text;

/** "0A606401" or "[2001:0db8:…]", as the files of IPVS below /proc/net write addresses. */
export const addressOf = (text: string) => (text.startsWith('[') ? six(text.slice(1, -1)) : four(text));

const digits = (part: string | number, length: number) => Number(part).toString(16).toUpperCase().padStart(length, '0');

/** The way back, for IPv4: "10.96.100.1" is "0A606401". */
export const hexOf = (address: string): string | undefined =>
  isIPv4(address)
    ? address
        .split('.')
        .map((part) => digits(part, 2))
        .join('')
    : undefined;

/** 80 is "0050". */
export const hexPort = (port: number) => digits(port, 4);
