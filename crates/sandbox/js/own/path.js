// Node's POSIX paths; there are no files to go with them.

function normalizeParts(path, absolute) {
  const parts = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length && parts.at(-1) !== '..') parts.pop();
    else if (!absolute) parts.push('..');
  }
  return parts.join('/');
}

function normalize(path) {
  if (path === '') return '.';
  const absolute = path.startsWith('/');
  const inner = normalizeParts(path, absolute);
  const tail = inner && path.endsWith('/') ? '/' : '';
  return (absolute ? '/' : '') + (inner || (absolute ? '' : '.')) + tail;
}

function join(...parts) {
  return normalize(parts.filter((part) => part !== '').join('/') || '.');
}

function resolve(...parts) {
  let path = '';
  for (const part of [...parts].reverse()) {
    if (!part) continue;
    path = path ? `${part}/${path}` : part;
    if (part.startsWith('/')) break;
  }
  return '/' + normalizeParts(path, true);
}

function dirname(path) {
  const trimmed = path.length > 1 ? path.replace(/\/+$/, '') : path;
  const at = trimmed.lastIndexOf('/');
  return at < 0 ? '.' : trimmed.slice(0, at) || '/';
}

function basename(path, ending = '') {
  const name = path.replace(/\/+$/, '').split('/').at(-1);
  return ending && name !== ending && name.endsWith(ending) ? name.slice(0, -ending.length) : name;
}

function extname(path) {
  const name = basename(path);
  const at = name.lastIndexOf('.');
  return at <= 0 ? '' : name.slice(at);
}

function relative(from, to) {
  const here = resolve(from).split('/').filter(Boolean);
  const there = resolve(to).split('/').filter(Boolean);
  while (here.length && here[0] === there[0]) {
    here.shift();
    there.shift();
  }
  return [...here.map(() => '..'), ...there].join('/');
}

function parse(path) {
  const base = basename(path);
  const ext = extname(path);
  const root = path.startsWith('/') ? '/' : '';
  const dir = dirname(path);
  return { root, dir: dir === '.' && !path.startsWith('.') ? '' : dir, base, ext, name: ext ? base.slice(0, -ext.length) : base };
}

const format = ({ dir, root = '', base, name = '', ext = '' }) => {
  const file = base ?? name + ext;
  return dir ? (dir === root ? dir + file : `${dir}/${file}`) : root + file;
};
const isAbsolute = (path) => path.startsWith('/');

module.exports = { normalize, join, resolve, dirname, basename, extname, relative, parse, format, isAbsolute, sep: '/', delimiter: ':' };
module.exports.posix = module.exports;
