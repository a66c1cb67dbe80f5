import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { translations } from './language/catalogue.mjs';
import { inlined, lookedUp } from './language/plugin.mjs';
import { root } from './setup/places.mjs';

/** Vite's configuration of each target; `folder` is where the result goes. */

/** @typedef {import('vite').InlineConfig} InlineConfig */

/** The window, in English or another language. @param {string} folder @param {string} [language] @returns {InlineConfig} */
export const renderer = (folder, language) => ({
  configFile: false,
  root: join(root, 'renderer'),
  base: './',
  plugins: [...(language === undefined ? [] : [inlined(language)]), svelte({ configFile: false })],
  build: {
    outDir: folder,
    emptyOutDir: false,
    sourcemap: true,
    // The older of the two Electrons that the app runs in.
    target: 'chrome130',
    // The content security policy forbids data: scripts, and reading local files is fast.
    assetsInlineLimit: 0,
    // One style sheet: a place that is shown first must not wait for its own.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
  },
});

/**
 * electron-log can send what it logs to a server, which this app never does, and for that loads Node's HTTP and TLS at each start.
 * @type {import('vite').Plugin}
 */
const withoutRemoteLog = {
  name: 'without-remote-log',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === './transports/remote' && importer?.includes('/electron-log/')
      ? '\0no-remote-log'
      : null,
  load: (id) => (id === '\0no-remote-log' ? 'module.exports = () => null;' : null),
};

/**
 * A program for Node or Electron as one file. Everything but Electron and TensorFlow is bundled, because Electron 33 cannot
 * `require()` ES modules.
 * @param {string} folder
 * @param {Record<string, string>} input name of the result -> entry
 * @param {'es' | 'cjs'} format
 * @returns {InlineConfig}
 */
const node = (folder, input, format) => ({
  configFile: false,
  root,
  // The preload script, the one of the other format, says nothing to anybody.
  plugins: [withoutRemoteLog, ...(format === 'es' ? [lookedUp()] : [])],
  build: {
    ssr: true,
    outDir: folder,
    emptyOutDir: false,
    sourcemap: true,
    minify: false,
    target: 'node20',
    rolldownOptions: {
      input: Object.fromEntries(
        Object.entries(input).map(([name, entry]) => [name, join(root, entry)]),
      ),
      output: {
        format,
        entryFileNames: format === 'es' ? '[name].js' : '[name].cjs',
        chunkFileNames: '[name]-[hash].js',
      },
    },
  },
  ssr: {
    target: 'node',
    noExternal: true,
    external: ['electron', '@tensorflow/tfjs-node', 'playwright'],
  },
});

/** The checkpoint thread's program lies beside each program that trains. */
const checkpointThread = {
  'checkpoint-thread': 'main/trainer/checkpoint/thread/thread-main.ts',
};

/** @param {string} target @param {string} folder @returns {InlineConfig[]} */
export function configsOf(target, folder) {
  switch (target) {
    case 'renderer':
      return [
        renderer(folder),
        ...translations().map((language) => renderer(join(folder, language), language)),
      ];
    case 'main':
      return [
        node(folder, { index: 'main/index.ts' }, 'es'),
        // A sandboxed preload script must be one file, and cannot be an ES module.
        node(folder, { preload: 'main/preload.ts' }, 'cjs'),
      ];
    case 'trainer':
      return [
        node(
          folder,
          {
            'utility-main': 'main/trainer/utility-main.ts',
            'reader-main': 'main/trainer/reader-main.ts',
            train: 'main/trainer/terminal/train.ts',
            checkpoints: 'main/trainer/terminal/checkpoints.ts',
            inspect: 'main/trainer/terminal/inspect.ts',
            evaluate: 'main/trainer/terminal/evaluate.ts',
            predict: 'main/trainer/terminal/predict.ts',
            data: 'main/trainer/terminal/data.ts',
            ...checkpointThread,
          },
          'es',
        ),
      ];
    case 'bench':
      return [
        node(
          folder,
          {
            main: 'test/bench/main.ts',
            'own-main': 'test/bench/contestants/own-main.ts',
            'service-main': 'test/bench/service/service-main.ts',
            'run-main': 'test/bench/service/run-main.ts',
            'learn-main': 'test/bench/service/learn-main.ts',
            'window-main': 'test/bench/window/window-main.ts',
            ...checkpointThread,
          },
          'es',
        ),
      ];
    default:
      throw new Error(`There is no target called ${target}.`);
  }
}
