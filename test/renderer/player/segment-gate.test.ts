import { expect, test } from 'vitest';
import { inspectSegment } from '../../../electron/shared/hls/segment-gate.ts';
import { getSegment } from '../../faults/media.ts';
import { fmp4Unavailable, getFmp4 } from '../../faults/fmp4.ts';

const PLAIN = { encrypted: false, rangeLength: null };

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

test('a real transport stream segment passes', () => {
  expect(inspectSegment(bufferOf(getSegment('360', 7)), PLAIN)).toBeNull();
});

test('a segment cut inside a packet is truncated, one with a lost sync byte is corrupt', () => {
  const body = getSegment('360', 7);
  expect(inspectSegment(bufferOf(body.subarray(0, body.length - 50)), PLAIN)).toBe('truncated');
  const broken = Buffer.from(body);
  broken[188 * 20] = 0;
  expect(inspectSegment(bufferOf(broken), PLAIN)).toBe('corrupt');
});

test('an empty body is truncated and a web page is a portal, with or without a byte order mark', () => {
  expect(inspectSegment(new ArrayBuffer(0), PLAIN)).toBe('truncated');
  for (const page of [
    '<!DOCTYPE html><html>',
    '  \r\n<html lang="vi">',
    '\uFEFF<HTML>',
    '<?xml version="1.0"?><Error/>',
  ])
    expect(inspectSegment(bufferOf(Buffer.from(page.padEnd(400))), PLAIN)).toBe('portal');
});

test('noise is corrupt', () => {
  expect(inspectSegment(bufferOf(Buffer.alloc(188 * 30, 0xaa)), PLAIN)).toBe('corrupt');
});

test('a byte range may end inside a packet but must have the length that was asked for', () => {
  const body = getSegment('360', 7).subarray(0, 188 * 40 + 17);
  expect(inspectSegment(bufferOf(body), { encrypted: false, rangeLength: body.length })).toBeNull();
  expect(inspectSegment(bufferOf(body), { encrypted: false, rangeLength: body.length + 1 })).toBe('truncated');
});

test('an encrypted body is only measured: whole blocks pass, anything else is truncated', () => {
  expect(inspectSegment(bufferOf(Buffer.alloc(1600, 0x5a)), { encrypted: true, rangeLength: null })).toBeNull();
  expect(inspectSegment(bufferOf(Buffer.alloc(1601, 0x5a)), { encrypted: true, rangeLength: null })).toBe('truncated');
});

test('packed audio and WebVTT pass', () => {
  for (const head of [
    [0x49, 0x44, 0x33, 4],
    [0xff, 0xf1, 0x50, 0x80],
    [0x0b, 0x77, 0, 0],
    [...Buffer.from('WEBVTT\n\n')],
  ])
    expect(inspectSegment(bufferOf(Buffer.concat([Buffer.from(head), Buffer.alloc(64, 1)])), PLAIN)).toBeNull();
});

test.runIf(fmp4Unavailable() === null)('fMP4 passes whole and is truncated when its last box is cut', () => {
  expect(inspectSegment(bufferOf(getFmp4('360', null)), PLAIN)).toBeNull();
  const body = getFmp4('360', 41);
  expect(inspectSegment(bufferOf(body), PLAIN)).toBeNull();
  expect(inspectSegment(bufferOf(body.subarray(0, body.length - 9)), PLAIN)).toBe('truncated');
});

test('a box of impossible size is corrupt', () => {
  const body = Buffer.alloc(64);
  body.writeUInt32BE(16, 0);
  body.write('styp', 4, 'latin1');
  body.writeUInt32BE(3, 16);
  body.write('moof', 20, 'latin1');
  expect(inspectSegment(bufferOf(body), PLAIN)).toBe('corrupt');
});
