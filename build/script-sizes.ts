import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** What the JavaScript of a window may weigh, gzipped, besides hls.js: small PCs read it at each start. */
const BOUNDS_KB = { desk: 125, stage: 115 } as const;

const gzKb = (code: string | Buffer): number => gzipSync(code).length / 1000;

/** Prints what each window loads and fails the build where it is over its bound. */
export function scriptSizes(): Plugin {
  return {
    name: 'script-sizes',
    applyToEnvironment: (environment) => environment.name === 'client',
    generateBundle(_, bundle) {
      const chunks = new Map(
        Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])),
      );
      const hls = gzKb(readFileSync(createRequire(import.meta.url).resolve('hls.js/dist/hls.min.js')));
      for (const [window, boundKb] of Object.entries(BOUNDS_KB)) {
        const entry = [...chunks.values()].find((chunk) => chunk.isEntry && chunk.name === window);
        if (!entry) this.error(`the bundle has no entry ${window}`);
        const files = new Set<string>();
        const follow = (name: string): void => {
          if (files.has(name)) return;
          files.add(name);
          for (const next of chunks.get(name)?.imports ?? []) follow(next);
        };
        follow(entry.fileName);
        const kb = [...files].reduce((sum, name) => sum + gzKb(chunks.get(name)?.code ?? ''), 0);
        const bound = window === 'stage' ? boundKb + hls : boundKb;
        const line = `${window}: ${kb.toFixed(1)} kB of JavaScript gzipped, at most ${bound.toFixed(1)}${window === 'stage' ? ` (hls.js ${hls.toFixed(1)} and ${boundKb})` : ''}`;
        if (kb > bound) this.error(line);
        console.log(line);
      }
    },
  };
}
