import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, CompactSign, compactVerify } from 'jose';
import { expect, test } from 'vitest';
import { toBase64 } from '../../../electron/core/report/native-base64.ts';
import { signCompact } from '../../../electron/core/report/sign-compact.ts';

test('a compact signature is letter for letter the one of jose, which verifies it', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x } = publicKey.export({ format: 'jwk' });
  const publicJwk = { kty: 'OKP', crv: 'Ed25519', x: String(x) } as const;
  const key = { kid: await calculateJwkThumbprint(publicJwk), privateKey, publicJwk };
  for (const payload of [
    Buffer.from('{}'),
    Buffer.from('{"tên":"Nguyễn Thị Ánh"}'),
    randomBytes(100_001).subarray(1),
  ]) {
    const signed = signCompact(payload, 'session-report+jws', key);
    const ofJose = await new CompactSign(payload)
      .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: 'session-report+jws', jwk: publicJwk })
      .sign(privateKey);
    expect(signed).toBe(ofJose);
    const verified = await compactVerify(signed, publicKey);
    expect(Buffer.from(verified.payload).equals(payload)).toBe(true);
  }
});

test('base64 of bytes is the standard one, of every length and in both alphabets, with padding unless it is left out', () => {
  const standard = Uint8Array.prototype as unknown as {
    toBase64(this: Uint8Array, options?: { alphabet?: 'base64' | 'base64url'; omitPadding?: boolean }): string;
  };
  for (let length = 0; length < 70; length += 1) {
    const bytes = new Uint8Array(randomBytes(length + 3)).subarray(3);
    const padded = btoa(String.fromCharCode(...bytes));
    const url = padded.replaceAll('+', '-').replaceAll('/', '_');
    expect(toBase64(bytes)).toBe(padded);
    expect(toBase64(bytes, { omitPadding: true })).toBe(padded.replaceAll('=', ''));
    expect(toBase64(bytes, { alphabet: 'base64url' })).toBe(url);
    expect(toBase64(bytes, { alphabet: 'base64url', omitPadding: true })).toBe(url.replaceAll('=', ''));
    expect(standard.toBase64.call(bytes, { alphabet: 'base64url' })).toBe(url);
  }
  expect(() => standard.toBase64.call([] as unknown as Uint8Array)).toThrow(TypeError);
  expect(() => standard.toBase64.call(new Uint8Array(1), { alphabet: 'hex' as 'base64' })).toThrow(TypeError);
});
