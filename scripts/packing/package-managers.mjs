/** How a system installs and removes the app's package. */

const NAME = 'firstlayer';

/**
 * @typedef {object} PackageManager
 * @property {RegExp} file what its packages are called
 * @property {boolean} trainsWhole whether the whole network is trained; once is enough
 * @property {[string, string[]]} known a program that says whether this system has it
 * @property {(file: string) => [string, string[]]} install
 * @property {[string, string[]]} remove
 */

/** @type {PackageManager} */
export const apt = {
  file: /\.deb$/,
  trainsWhole: true,
  known: ['apt-get', ['--version']],
  install: (file) => ['apt-get', ['install', '-y', '--no-install-recommends', file]],
  remove: ['apt-get', ['purge', '-y', NAME]],
};

/**
 * With a list of packages of its own, so that it works on Debian, too. What the app needs must be there already, since rpm does not know
 * what apt has installed.
 * @param {string} list folder
 * @returns {PackageManager}
 */
export const rpmWith = (list) => ({
  file: /\.rpm$/,
  trainsWhole: false,
  known: ['rpm', ['--version']],
  install: (file) => ['rpm', ['--install', '--nodeps', '--dbpath', list, file]],
  remove: ['rpm', ['--erase', '--dbpath', list, NAME]],
});
