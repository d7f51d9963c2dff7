import { cpSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { scriptSizes } from './script-sizes.ts';

const root = path.resolve(import.meta.dirname, '..');
const at = (p: string): string => path.join(root, p);

/** A bundle for Node or Electron's main process. Packages stay outside: they are in node_modules, and better-sqlite3 is native. */
const nodeBundle = (input: Record<string, string>, format: 'esm' | 'cjs' = 'esm') => ({
  consumer: 'server' as const,
  // The core reads playlists with the parser of the player; the rest of that package is for windows. The writer of Word files is
  // one bundle, too, so that its own packages need no place in ours.
  resolve: { noExternal: ['hls.js', 'docx', 'fflate', 'nanoid'] },
  build: {
    outDir: at('dist'),
    emptyOutDir: false,
    ssr: true,
    target: 'node24',
    minify: false,
    sourcemap: true,
    copyPublicDir: false,
    rolldownOptions: {
      input,
      external: [/^electron(\/|$)/],
      output: {
        format,
        entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
      },
    },
  },
});

export default defineConfig({
  root: at('renderer'),
  base: './',
  plugins: [react(), scriptSizes()],
  environments: {
    client: {
      build: {
        outDir: at('dist/renderer'),
        emptyOutDir: true,
        target: 'chrome120',
        assetsInlineLimit: 0,
        rolldownOptions: {
          input: {
            stage: at('renderer/stage/index.html'),
            desk: at('renderer/desk/index.html'),
            console: at('renderer/console/index.html'),
            lobby: at('renderer/lobby/index.html'),
          },
        },
      },
    },
    node: nodeBundle({
      'core/start': at('electron/core/start.ts'),
      'core/recover': at('electron/core/recover.ts'),
      'core/copy-worker': at('electron/core/store/copy-worker.ts'),
      'core/roster-worker': at('electron/core/provisioning/roster-worker.ts'),
      'shells/start': at('electron/shells/start.ts'),
      'shells/electron': at('electron/shells/electron/main.ts'),
    }),
  },
  builder: {
    async buildApp(builder) {
      await builder.build(builder.environments['client']!);
      await builder.build(builder.environments['node']!);
      // Documents carry their font inside: the core reads its files when it prints.
      cpSync(at('node_modules/@fontsource/tinos/files'), at('dist/core/fonts'), {
        recursive: true,
        filter: (file) => !path.extname(file) || /tinos-(vietnamese|latin|latin-ext)-[47]00-\w+\.woff2$/u.test(file),
      });
      for (const face of ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic']) {
        const name = `STIXTwoText_${face}.ttf`;
        cpSync(at(`node_modules/@expo-google-fonts/stix-two-text/${face}/${name}`), at(`dist/core/fonts/${name}`));
      }
    },
  },
});
