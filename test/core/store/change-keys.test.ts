import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { ChangeKeys } from '../../../electron/core/store/change-keys.ts';
import { HmacKey } from '../../../electron/core/store/hmac-key.ts';

test('HMAC is that of Node, for keys and messages of every length', () => {
  for (let i = 0; i < 400; i += 1) {
    const key = randomBytes(randomInt(65));
    const parts = Array.from({ length: randomInt(4) }, () => randomBytes(randomInt(200)));
    const wanted = createHmac('sha256', key).update(Buffer.concat(parts)).digest();
    expect(new HmacKey(key).mac(parts)).toEqual(wanted);
  }
  // Longer than what is copied into one piece, and just at the border.
  for (const length of [16_383, 16_384, 16_385, 300_000]) {
    const parts = [randomBytes(100), randomBytes(length - 100)];
    const key = randomBytes(32);
    const wanted = createHmac('sha256', key).update(Buffer.concat(parts)).digest();
    expect(new HmacKey(key).mac(parts)).toEqual(wanted);
  }
});

test('no two rows have one hash: table, column, kind and length count, what holds nothing does not', () => {
  const keys = new ChangeKeys(randomBytes(32));
  const digests = [
    keys.digest('a', ['x', 'y'], ['1', '2']),
    keys.digest('b', ['x', 'y'], ['1', '2']),
    keys.digest('a', ['x', 'z'], ['1', '2']),
    keys.digest('a', ['x', 'y'], [1, '2']),
    keys.digest('a', ['x', 'y'], ['12', '']),
    keys.digest('a', ['x', 'y'], [Buffer.from('1'), '2']),
    keys.digest('a', ['x'], ['1']),
    keys.digest('a', ['x', 'y'], ['1', '2y=t1:3']),
    new ChangeKeys(randomBytes(32)).digest('a', ['x', 'y'], ['1', '2']),
  ].map((digest) => digest.toString('hex'));
  expect(new Set(digests).size).toBe(digests.length);
  expect(keys.digest('a', ['x', 'later'], ['1', null])).toEqual(keys.digest('a', ['x'], ['1']));
});

test('a change follows from the one before it, and from no other', () => {
  const keys = new ChangeKeys(randomBytes(32));
  const genesis = keys.prove0(randomBytes(16), 7);
  expect(keys.readGenesis({ seq: 0, table: 'genesis', op: 'put', proof: genesis })).toMatchObject({ keyedFrom: 7 });
  const place = { seq: 1, table: 'person', op: 'put' } as const;
  const proof = keys.prove(genesis, place, randomBytes(16), randomBytes(32));
  expect(keys.isNext(genesis, { ...place, proof })).toBe(true);
  for (const wrong of [{ seq: 2 }, { table: 'pin' }, { op: 'del' }] as const)
    expect(keys.isNext(genesis, { ...place, ...wrong, proof })).toBe(false);
  for (let at = 0; at < proof.length; at += 1) {
    const bent = Buffer.from(proof);
    bent[at]! ^= 1;
    expect(keys.isNext(genesis, { ...place, proof: bent })).toBe(false);
  }
  expect(keys.isNext(keys.prove0(randomBytes(16), 7), { ...place, proof })).toBe(false);
  expect(keys.isNext(genesis, { ...place, proof: proof.subarray(1) })).toBe(false);
});
