import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepared, preparedValue } from '../../../electron/core/store/statements.ts';

let db: Database.Database;

beforeEach(() => {
  db = new Database(':memory:');
  db.exec(`CREATE TABLE t (a INTEGER, b TEXT); INSERT INTO t VALUES (1, 'một'), (2, 'hai')`);
});
afterEach(() => {
  if (db.open) db.close();
});

const ALL = 'SELECT a, b FROM t ORDER BY a';

test('a text is prepared once, and its two forms do not touch each other', () => {
  expect(prepared(db, ALL)).toBe(prepared(db, ALL));
  expect(preparedValue(db, ALL)).toBe(preparedValue(db, ALL));
  expect(prepared(db, ALL).all()).toEqual([
    { a: 1, b: 'một' },
    { a: 2, b: 'hai' },
  ]);
  expect(preparedValue(db, ALL).all()).toEqual([1, 2]);
  expect(prepared(db, ALL).get()).toEqual({ a: 1, b: 'một' });
});

test('a statement sees what was written since, and a table that got another column', () => {
  const text = 'SELECT * FROM t ORDER BY a';
  expect(prepared(db, text).get()).toEqual({ a: 1, b: 'một' });
  prepared(db, 'UPDATE t SET b = ? WHERE a = ?').run('nhất', 1);
  expect(prepared(db, text).get()).toEqual({ a: 1, b: 'nhất' });
  db.exec('ALTER TABLE t ADD COLUMN c INTEGER NOT NULL DEFAULT 7');
  expect(prepared(db, text).get()).toEqual({ a: 1, b: 'nhất', c: 7 });
});

test('a database that is opened again has statements of its own', () => {
  const before = prepared(db, ALL);
  db.close();
  expect(() => before.all()).toThrow(/not open/u);
  db = new Database(':memory:');
  db.exec(`CREATE TABLE t (a INTEGER, b TEXT); INSERT INTO t VALUES (3, 'ba')`);
  expect(prepared(db, ALL).all()).toEqual([{ a: 3, b: 'ba' }]);
});

test('of more texts than are kept the one that was not asked for longest goes', () => {
  const often = prepared(db, ALL);
  const seldom = prepared(db, 'SELECT 0');
  for (let i = 1; i <= 300; i += 1) {
    prepared(db, `SELECT ${i}`);
    expect(prepared(db, ALL)).toBe(often);
  }
  expect(prepared(db, 'SELECT 0')).not.toBe(seldom);
});
