// A machine with nothing to see.
module.exports = {
  EOL: '\n',
  platform: () => 'linux',
  type: () => 'Linux',
  arch: () => 'x64',
  release: () => '',
  hostname: () => 'closer',
  homedir: () => '/',
  tmpdir: () => '/tmp',
  cpus: () => [],
  totalmem: () => 0,
  freemem: () => 0,
  uptime: () => 0,
  networkInterfaces: () => ({}),
};
