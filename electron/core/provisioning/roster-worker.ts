import { parentPort, workerData } from 'node:worker_threads';
import { readRosterFiles, type NamedBytes } from './roster-file.ts';
import type { RosterOptions } from './roster-types.ts';

/** A thread that reads one set of roster files, answers, and ends. Started by `roster-reader.ts` only. */

const { files, options } = workerData as { files: NamedBytes[]; options: RosterOptions };
parentPort?.postMessage(await readRosterFiles(files, options));
