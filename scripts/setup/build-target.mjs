// build-target.mjs TARGET FOLDER: runs Vite once for each part of the target.
import { build } from 'vite';
import { configsOf } from '../vite.config.mjs';

const [target = '', folder = ''] = process.argv.slice(2);
for (const config of configsOf(target, folder)) await build({ ...config, logLevel: 'warn' });
