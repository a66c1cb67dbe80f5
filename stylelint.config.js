/** Sizes of type, colours and corners stand in renderer/tokens.css alone. @type {import('stylelint').Config} */
export default {
  overrides: [{ files: ['**/*.svelte'], customSyntax: 'postcss-html' }],
  ignoreFiles: ['dist/**', 'release/**', 'node_modules/**', 'renderer/tokens.css'],
  rules: {
    'color-no-hex': true,
    'color-named': 'never',
    'function-disallowed-list': ['rgb', 'rgba', 'hsl', 'hsla', 'oklch', 'light-dark'],
    'declaration-property-value-allowed-list': {
      'font-size': ['/^var\\(--type-/', 'inherit'],
      'font-weight': ['/^var\\(--weight-/', 'inherit'],
      'border-radius': ['/^var\\(--radius/', '50%', '0'],
      'box-shadow': ['/^var\\(--shadow/', '/^inset 0 0 0 .+ var\\(--/', 'none'],
    },
  },
};
