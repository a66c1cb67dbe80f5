import './setup/node-version.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { translations } from './language/catalogue.mjs';
import { main, SetupError } from './setup/failure.mjs';
import { appParts, appTargets, prepare } from './setup/index.mjs';
import { root } from './setup/places.mjs';
import { withScreen } from './testing/screen.mjs';

const scenes = readdirSync(join(root, 'test/pictures')).flatMap(
  (name) => /^(.+)\.scene\.ts$/.exec(name)?.[1] ?? [],
);
const languages = ['en', ...translations()];

const usage = `Usage: npm run pictures -- [options] OUT [SCENE…]

Photographs the real app in its places and states, light, dark, small, zoomed, large and with forced colours, to be
looked at: OUT/STATE.LOOK.png. OUT is a folder, which is made where it is not there. All scenes are photographed, or
those that are named: ${scenes.join(', ')}.

  --language LANGUAGE   what the app speaks: ${languages.join(', ')} (en)
  --help                this text`;

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      language: { type: 'string', default: 'en' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [out, ...wanted] = positionals;
  const { language } = values;
  if (out === undefined) throw refusal('It is not told where the pictures go.', 'Name a folder.');
  const unknown = wanted.find((name) => !scenes.includes(name));
  if (unknown !== undefined)
    throw refusal(`There is no scene ${unknown}.`, `Name some of ${scenes.join(', ')}, or none.`);
  if (!languages.includes(language))
    throw refusal(`The app does not speak ${language}.`, `It speaks ${languages.join(', ')}.`);
  await prepare([...appParts, 'screen'], appTargets);
  return withScreen(async () => {
    const program = [
      'node_modules/playwright/cli.js',
      'test',
      ...['-c', 'test/pictures/playwright.config.ts'],
      ...wanted.map((name) => `/${name}.scene`),
    ];
    const child = spawn(process.execPath, program, {
      cwd: root,
      env: {
        ...process.env,
        FIRSTLAYER_PICTURES: resolve(out),
        FIRSTLAYER_PICTURES_LANGUAGE: language,
      },
      stdio: 'inherit',
    });
    await once(child, 'exit');
    return child.exitCode ?? 1;
  }, '3840x2160');
});

/** @param {string} what @param {string} remedy */
function refusal(what, remedy) {
  return new SetupError(what, 'npm run pictures', `${remedy} See npm run pictures -- --help.`);
}
