import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { electronExecutable, electronFolder } from '../setup/electron-path.mjs';
import { parseJson } from '../setup/json.mjs';
import { root } from '../setup/places.mjs';
import { must } from '../setup/run.mjs';

/** What the packed app is made of besides npm packages. */

/**
 * @typedef {object} Foundation
 * @property {string} name
 * @property {string} version
 * @property {string} license
 * @property {string} source
 * @property {string[]} texts
 */

const tensorFlowFolder = join(root, 'node_modules/@tensorflow/tfjs-node');

/** MNIST has no licence file of its own. */
const mnistNote = `The MNIST database of handwritten digits, derived from NIST's Special Databases 1 and 3 by Yann LeCun, Corinna Cortes and
Christopher J. C. Burges, who hold its copyright. It is made available under the terms of the Creative Commons
Attribution-Share Alike 3.0 licence, https://creativecommons.org/licenses/by-sa/3.0/. The files are unchanged.`;

/** What each is, and under which licence. Parts of a part are listed where they are under another that asks for more. */
export const foundationLicences = /** @type {const} */ ([
  { name: 'Electron', license: 'MIT', source: 'https://github.com/electron/electron' },
  { name: 'Chromium', license: 'BSD-3-Clause', source: 'https://source.chromium.org' },
  {
    name: 'FFmpeg of Chromium',
    license: 'LGPL-2.1-or-later',
    source: 'https://chromium.googlesource.com/chromium/third_party/ffmpeg',
  },
  { name: 'Node.js', license: 'MIT', source: 'https://github.com/nodejs/node' },
  { name: 'TensorFlow', license: 'Apache-2.0', source: 'https://github.com/tensorflow/tensorflow' },
  { name: 'Eigen of TensorFlow', license: 'MPL-2.0', source: 'https://gitlab.com/libeigen/eigen' },
  { name: 'MNIST', license: 'CC-BY-SA-3.0', source: 'https://yann.lecun.com/exdb/mnist/' },
]);

/** @param {string} tensorFlow its version @returns {Promise<Foundation[]>} */
export async function foundations(tensorFlow) {
  const code = 'JSON.stringify(process.versions)';
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const output = await must('Asking Electron', electronExecutable(), ['-p', code], { env });
  const {
    electron = '',
    chrome = '',
    node = '',
  } = /** @type {Record<string, string>} */ (parseJson(output.slice(output.indexOf('{'))));
  const inChromium = (/** @type {string} */ whose) => `${whose} in LICENSES.chromium.html.`;
  /** @type {Record<typeof foundationLicences[number]['name'], Pick<Foundation, 'version' | 'texts'>>} */
  const rest = {
    Electron: { version: electron, texts: [electronLicence()] },
    Chromium: {
      version: chrome,
      texts: [inChromium('Its licences, and those of all that it and Node.js are made of, are')],
    },
    'FFmpeg of Chromium': { version: chrome, texts: [inChromium('FFmpeg’s licence is')] },
    'Node.js': { version: node, texts: [inChromium('Its licences are')] },
    TensorFlow: { version: tensorFlow, texts: tensorFlowLicences() },
    'Eigen of TensorFlow': {
      version: tensorFlow,
      texts: ['The Mozilla Public License 2.0 is among the notices of TensorFlow.'],
    },
    MNIST: { version: '1', texts: [mnistNote] },
  };
  return foundationLicences.map((part) => ({ ...part, ...rest[part.name] }));
}

/** Electron's own folder calls it LICENSE; electron-builder gives it another name. */
function electronLicence() {
  const folder = electronFolder() ?? '';
  const name = readdirSync(folder).find((each) => /^LICENSE(\.electron\.txt)?$/.test(each));
  if (name === undefined) throw new Error(`There is no licence of Electron in ${folder}.`);
  return readFileSync(join(folder, name), 'utf8').trim();
}

/** TensorFlow's licence, and the notices of what it is made of, which are one file or another by where it comes from. */
function tensorFlowLicences() {
  const folder = join(tensorFlowFolder, 'deps');
  const names = readdirSync(folder).filter((name) => /^(LICENSE|THIRD_PARTY)/.test(name));
  return names.sort().map((name) => readFileSync(join(folder, name), 'utf8').trim());
}

/** The licence under which TensorFlow.js is, too, whose packages bring no text of it. */
export const apacheLicence = () => tensorFlowLicences()[0] ?? '';
