import type { SameShape } from './same-shape.ts';
import type { viPackageAddress } from './vi-address.ts';

const ADDRESS = 'Check the address, or ask the province for another one.';
const AGAIN = 'Fetch it again in a few minutes. If that fails, load it from a stick.';

/** What the causes of the table come to where a package is fetched. */
export const enPackageAddress: SameShape<typeof viPackageAddress> = {
  says: {
    missing: 'There is no file at this address.',
    denied: 'The server does not give out the file at this address.',
    cookies: 'The server wants a login before it gives out this file.',
    slow_line: 'The line is too slow: the file did not come whole.',
    reset: 'The connection broke off before the file had come whole.',
  },
  next: {
    name_not_found: ADDRESS,
    missing: ADDRESS,
    login_needed: ADDRESS,
    denied: ADDRESS,
    cookies: ADDRESS,
    redirect_loop: ADDRESS,
    blocked_method: ADDRESS,
    bad_answer: ADDRESS,
    bad_encoding: ADDRESS,
    refused: AGAIN,
    no_connection: 'Check the network cable, then fetch it again. If that fails, load it from a stick.',
    reset: AGAIN,
    no_answer: AGAIN,
    slow_line: AGAIN,
    busy: AGAIN,
    server_error: AGAIN,
  },
};
