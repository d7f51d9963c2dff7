import path from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import type { Person } from '../../electron/contract/attendance.ts';
import { fold } from '../../electron/shared/names.ts';
import { NameSearch } from '../../electron/core/attendance/search.ts';

/** Names of the best three people for a query. */
export type FindThree = (query: string) => string[];

export interface Engine {
  name: string;
  setting: string;
  build: (people: readonly Person[]) => FindThree;
}

const LIMIT = 3;

type Searches = Pick<NameSearch, 'search'>;

function byNameSearch(search: Searches): FindThree {
  return (query) => {
    const answer = search.search(query, LIMIT);
    return 'error' in answer ? [] : answer.people.slice(0, LIMIT).map((hit) => hit.person.name);
  };
}

/** The search as it was, from a folder in which an older commit of this project is checked out. */
export async function loadBefore(folder: string): Promise<Engine> {
  const file = path.resolve(folder, 'electron/core/attendance/search.ts');
  const before = (await import(pathToFileURL(file).href)) as {
    NameSearch: new (people: readonly Person[]) => Searches;
  };
  return { name: 'before', setting: folder, build: (people) => byNameSearch(new before.NameSearch(people)) };
}

/** Ours and three others, each set up as its own documentation advises for names, with folded text where it takes any. */
export const ENGINES: readonly Engine[] = [
  { name: 'ours', setting: 'NameSearch', build: (people) => byNameSearch(new NameSearch(people)) },
  {
    name: 'minisearch',
    setting: 'folded terms, prefix, fuzzy 0.2, all words',
    build: (people) => {
      const search = new MiniSearch<Person>({
        fields: ['name'],
        storeFields: ['name'],
        processTerm: (term) => fold(term),
        searchOptions: { prefix: true, fuzzy: 0.2, combineWith: 'AND' },
      });
      search.addAll(people);
      return (query) =>
        search
          .search(query)
          .slice(0, LIMIT)
          .map((hit) => String(hit['name']));
    },
  },
  {
    name: 'fuse',
    setting: 'folded text, ignoreLocation, threshold 0.4',
    build: (people) => {
      const items = people.map((person) => ({ name: person.name, folded: fold(person.name) }));
      const search = new Fuse(items, { keys: ['folded'], ignoreLocation: true, threshold: 0.4 });
      return (query) => search.search(fold(query), { limit: LIMIT }).map((hit) => hit.item.name);
    },
  },
  {
    name: 'fts5',
    setting: 'unicode61 remove_diacritics 2, word prefixes, bm25',
    build: (people) => {
      const db = new Database(':memory:');
      db.exec(
        `CREATE VIRTUAL TABLE person USING fts5(name, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3')`,
      );
      const insert = db.prepare('INSERT INTO person (name) VALUES (?)');
      db.transaction(() => {
        for (const person of people) insert.run(person.name);
      })();
      const select = db.prepare<[string], { name: string }>(
        `SELECT name FROM person WHERE person MATCH ? ORDER BY rank LIMIT ${LIMIT}`,
      );
      return (query) => {
        const terms = query.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
        return terms.length === 0 ? [] : select.all(terms.map((t) => `"${t}"*`).join(' ')).map((row) => row.name);
      };
    },
  },
];
