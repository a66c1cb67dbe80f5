// Imported first, so that an old Node is told apart before anything newer than it is used.
const leastMajor = 20;
const leastMinor = 19;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
  console.error(
    `Firstlayer needs Node ${leastMajor}.${leastMinor} or newer, but this is Node ${process.versions.node} (${process.execPath}).\n` +
      'Install a newer Node and run the same command again.',
  );
  process.exit(1);
}
