import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makeExamplePackage } from './example.ts';

/**
 * `npm run package:example`: prints the example, or with `-- --out FILE` writes it. The public keys in it are fresh, and
 * their private halves are thrown away: put your province's own in before reports are to be opened.
 */
const { values } = parseArgs({ options: { out: { type: 'string' } } });
const receiptKey = { ...generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }), kid: 'bien-nhan-1' };
const reportKey = { ...generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' }), kid: 'bao-cao-1' };
const text = makeExamplePackage({ now: Date.now(), receiptKey, reportKey });
if (values.out) writeFileSync(values.out, text);
else process.stdout.write(text);
