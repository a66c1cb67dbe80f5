import './scripts/testing/component-types.mjs';
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/** @param {string[]} group @param {string} message */
const border = (group, message) => ({ group, message });

const electron = border(
  ['electron', 'electron/*', 'electron-store'],
  'This room knows nothing of Electron.',
);
const node = border(['node:*'], 'This room also runs in the browser, which has no node: modules.');
const tensorFlow = border(
  ['@tensorflow/*'],
  'Only main/trainer/tensorflow/tensorflow.ts talks to TensorFlow.',
);
const main = border(
  ['**/main/**'],
  'Imports go downward: shared <- trainer <- main, shared <- renderer.',
);
const renderer = border(['**/renderer/**'], 'Imports go downward: shared <- renderer.');
/** Which other rooms of main/trainer a room may import; service.ts stands on them all, and the terminal's programs on it. @type {Record<string, string[]>} */
const mayImport = {
  files: [],
  graph: [],
  data: ['files'],
  checkpoint: ['files'],
  tensorflow: ['files', 'graph', 'data', 'checkpoint'],
  reader: ['files', 'data', 'checkpoint', 'tensorflow'],
  start: ['files', 'graph', 'data', 'checkpoint', 'tensorflow'],
  training: ['files', 'graph', 'data', 'checkpoint', 'tensorflow', 'start'],
  terminal: ['files', 'graph', 'data', 'checkpoint', 'tensorflow', 'reader', 'start', 'training'],
};
/** Which other rooms of renderer/ a room may import; its views, and what is not in a room, stand on them all. @type {Record<string, string[]>} */
const windowMayImport = {
  text: [],
  drawing: [],
  chart: ['text'],
  commands: [],
  state: ['text', 'drawing', 'chart', 'commands'],
  components: ['text', 'chart', 'state'],
};
/** For the folder `depth` levels below main/: no way up but to shared/. @param {number} depth */
const aboveTrainer = (depth) => ({
  regex: `^${'\\.\\./'.repeat(depth)}(?!\\.\\./shared/)`,
  message: 'The trainer does not know the main process.',
});
/** @param {string[]} others @param {string} [top] */
const notFrom = (others, top = 'main/trainer') => ({
  regex: `^(\\.\\.?/)+(${others.join('|')})/`,
  message: `Rooms import downward only: the README of ${top} tells which.`,
});
const noService = {
  regex:
    '^(\\.\\./)+(service|open-folder|training-task|range-test-task|cost-task|proof-task|trials|utility-main|reader-main)\\.ts$',
  message: 'Rooms import downward only: the service is above them.',
};

/** What a room may not import. @param {object[]} patterns @param {object[]} [paths] @returns {import('eslint').Linter.RulesRecord} */
const borders = (patterns, paths = []) => ({
  'no-restricted-imports': ['error', { patterns, paths }],
});
const noUtilityProcess = {
  name: 'electron',
  importNames: ['utilityProcess'],
  message: 'Only main/utility-child.ts starts processes.',
};

/** Editors show a tag only where it begins a line. @type {import('eslint').Rule.RuleModule} */
const tagsOnLines = {
  create: (context) => ({
    Program: () => {
      for (const comment of context.sourceCode.getAllComments()) {
        if (comment.type !== 'Block' || !comment.value.startsWith('*') || !comment.loc) continue;
        if (/[^\s*].*\s@(param|returns|throws)\b/.test(comment.value))
          context.report({ loc: comment.loc, message: 'Each tag begins a line of its own.' });
      }
    },
  }),
};

const typeScript =
  /** @type {Extract<import('eslint').Linter.Parser, { parseForESLint: unknown }>} */ (ts.parser);
/**
 * Modules with runes are TypeScript, whose runes Svelte declares for all. Svelte's own parser would declare them in each once more: with
 * a file that is another one than on the disk TypeScript begins anew, which takes a second and a half each time.
 * @type {import('eslint').Linter.Parser}
 */
const runesParser = {
  parseForESLint(code, options) {
    const parsed = typeScript.parseForESLint(code, options);
    Object.assign(parsed.services ?? {}, {
      isSvelteScript: true,
      svelteParseContext: { runes: true },
    });
    return parsed;
  },
};

export default defineConfig(
  globalIgnores(['dist/', 'release/', 'test-results/', 'CNN_ckpt_dir/', 'node_modules/']),
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      globals: globals.node,
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Numbers are what this app is about.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => app.quit()` as a listener is plain.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Electron's classes come from its own factories.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'no-duplicate-imports': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        {
          property: 'openExternal',
          message: 'Only main/updates/release-page.ts opens anything outside: docs/security.md.',
        },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: ts.parser },
    },
  },
  { files: ['**/*.svelte.ts'], languageOptions: { parser: runesParser } },
  {
    files: ['renderer/**'],
    languageOptions: { globals: globals.browser },
    rules: borders([electron, node, tensorFlow, main]),
  },
  ...Object.entries(windowMayImport).map(([room, allowed]) => {
    const others = ['views', 'places', ...Object.keys(windowMayImport)].filter(
      (name) => name !== room && !allowed.includes(name),
    );
    return {
      files: [`renderer/${room}/*`],
      rules: borders([electron, node, tensorFlow, main, notFrom(others, 'renderer')]),
    };
  }),
  {
    files: ['{main,shared,renderer,test}/**/*.ts'],
    plugins: { docstrings: { rules: { 'tags-on-lines': tagsOnLines } } },
    rules: { 'docstrings/tags-on-lines': 'error' },
  },
  { files: ['{main,shared,renderer}/**'], rules: { 'max-lines': ['error', 250] } },
  { files: ['shared/**'], rules: borders([electron, node, tensorFlow, main, renderer]) },
  {
    files: ['main/*.ts', 'main/{desktop,updates}/*.ts'],
    rules: borders([tensorFlow, renderer], [noUtilityProcess]),
  },
  { files: ['main/updates/release-page.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['main/utility-child.ts'], rules: borders([tensorFlow, renderer]) },
  {
    files: ['main/trainer/*.ts'],
    rules: borders([electron, tensorFlow, renderer, aboveTrainer(1), notFrom(['terminal'])]),
  },
  ...Object.entries(mayImport).flatMap(([room, allowed]) => {
    const others = Object.keys(mayImport).filter(
      (name) => name !== room && !allowed.includes(name),
    );
    const patterns = [
      electron,
      renderer,
      ...(others.length > 0 ? [notFrom(others)] : []),
      ...(room === 'terminal' ? [] : [noService]),
    ];
    return [
      {
        files: [`main/trainer/${room}/*.ts`],
        rules: borders([...patterns, tensorFlow, aboveTrainer(2)]),
      },
      {
        files: [`main/trainer/${room}/*/*.ts`],
        rules: borders([...patterns, tensorFlow, aboveTrainer(3)]),
      },
      {
        files: [`main/trainer/${room}/tensorflow.ts`],
        rules: borders([...patterns, aboveTrainer(2)]),
      },
    ];
  }),
  {
    // These talk to a terminal.
    files: [
      'scripts/**',
      'test/**',
      'main/trainer/terminal/train.ts',
      'main/trainer/terminal/checkpoints.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**'],
    rules: {
      // A test that indexes past the end should fail, and does.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
