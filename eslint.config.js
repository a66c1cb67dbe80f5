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
  'Only main/trainer/tensorflow.ts talks to TensorFlow.',
);
const main = border(
  ['**/main/**'],
  'Imports go downward: shared <- trainer <- main, shared <- renderer.',
);
const renderer = border(['**/renderer/**'], 'Imports go downward: shared <- renderer.');
/** For the folder `depth` levels below main/: no way up but to shared/. @param {number} depth */
const aboveTrainer = (depth) => ({
  regex: `^${'\\.\\./'.repeat(depth)}(?!\\.\\./shared/)`,
  message: 'The trainer does not know the main process.',
});

/** What a room may not import. @param {object[]} patterns @param {object[]} [paths] @returns {import('eslint').Linter.RulesRecord} */
const borders = (patterns, paths = []) => ({
  'no-restricted-imports': ['error', { patterns, paths }],
});
const noUtilityProcess = {
  name: 'electron',
  importNames: ['utilityProcess'],
  message: 'Only main/trainer-host.ts starts processes.',
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
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: ts.parser },
    },
  },
  {
    files: ['renderer/**'],
    languageOptions: { globals: globals.browser },
    rules: borders([electron, node, tensorFlow, main]),
  },
  { files: ['shared/**'], rules: borders([electron, node, tensorFlow, main, renderer]) },
  { files: ['main/*.ts'], rules: borders([tensorFlow, renderer], [noUtilityProcess]) },
  { files: ['main/trainer-host.ts'], rules: borders([tensorFlow, renderer]) },
  {
    files: ['main/trainer/*.ts'],
    rules: borders([electron, tensorFlow, renderer, aboveTrainer(1)]),
  },
  {
    files: ['main/trainer/*/*.ts'],
    rules: borders([electron, tensorFlow, renderer, aboveTrainer(2)]),
  },
  {
    files: ['main/trainer/*/*/*.ts'],
    rules: borders([electron, tensorFlow, renderer, aboveTrainer(3)]),
  },
  { files: ['main/trainer/tensorflow.ts'], rules: borders([electron, renderer, aboveTrainer(1)]) },
  {
    // These talk to a terminal.
    files: ['scripts/**', 'test/**', 'main/trainer/cli.ts', 'main/trainer/checkpoints-cli.ts'],
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
