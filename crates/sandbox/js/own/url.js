// The web's URL over the host's parser, and Node's older functions beside it.

const PARTS = ['href', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash', 'origin'];

class URLSearchParams {
  #pairs = [];
  #changed;

  constructor(init = '', changed) {
    this.#changed = changed;
    if (init === null || init === undefined) init = '';
    if (typeof init === 'object' && typeof init[Symbol.iterator] === 'function') {
      for (const [name, value] of init) this.#pairs.push([String(name), String(value)]);
    } else if (typeof init === 'object') {
      for (const name of Object.keys(init)) this.#pairs.push([name, String(init[name])]);
    } else {
      this.#read(String(init));
    }
  }
  #read(text) {
    this.#pairs = [];
    for (const part of text.replace(/^\?/, '').split('&')) {
      if (part === '') continue;
      const at = part.indexOf('=');
      const [name, value] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
      this.#pairs.push([decode(name), decode(value)]);
    }
  }
  _reset(text) {
    this.#read(text);
  }
  #done() {
    this.#changed?.(this.toString());
  }
  get size() {
    return this.#pairs.length;
  }
  append(name, value) {
    this.#pairs.push([String(name), String(value)]);
    this.#done();
  }
  delete(name, value) {
    this.#pairs = this.#pairs.filter((pair) => pair[0] !== String(name) || (value !== undefined && pair[1] !== String(value)));
    this.#done();
  }
  get(name) {
    return this.#pairs.find((pair) => pair[0] === String(name))?.[1] ?? null;
  }
  getAll(name) {
    return this.#pairs.filter((pair) => pair[0] === String(name)).map((pair) => pair[1]);
  }
  has(name, value) {
    return this.#pairs.some((pair) => pair[0] === String(name) && (value === undefined || pair[1] === String(value)));
  }
  set(name, value) {
    const at = this.#pairs.findIndex((pair) => pair[0] === String(name));
    if (at < 0) this.#pairs.push([String(name), String(value)]);
    else {
      this.#pairs[at][1] = String(value);
      this.#pairs = this.#pairs.filter((pair, index) => index <= at || pair[0] !== String(name));
    }
    this.#done();
  }
  sort() {
    this.#pairs.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    this.#done();
  }
  forEach(fn, self) {
    for (const [name, value] of this.#pairs) fn.call(self, value, name, this);
  }
  *entries() {
    for (const pair of this.#pairs) yield [...pair];
  }
  *keys() {
    for (const pair of this.#pairs) yield pair[0];
  }
  *values() {
    for (const pair of this.#pairs) yield pair[1];
  }
  [Symbol.iterator]() {
    return this.entries();
  }
  toString() {
    return this.#pairs.map(([name, value]) => encode(name) + '=' + encode(value)).join('&');
  }
  get [Symbol.toStringTag]() {
    return 'URLSearchParams';
  }
}

function decode(text) {
  const plain = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}

function encode(text) {
  const escaped = encodeURIComponent(text.toWellFormed());
  return escaped.replace(/[!'()~]/g, (letter) => '%' + letter.charCodeAt(0).toString(16).toUpperCase()).replaceAll('%20', '+');
}

class URL {
  #parts;
  #params;

  constructor(url, base) {
    const parts = base === undefined ? host.url(String(url)) : host.url(String(url), String(base));
    if (!parts) throw invalid(url);
    this.#parts = parts;
  }
  static canParse(url, base) {
    return Boolean(base === undefined ? host.url(String(url)) : host.url(String(url), String(base)));
  }
  static parse(url, base) {
    return URL.canParse(url, base) ? new URL(url, base) : null;
  }
  get searchParams() {
    this.#params ??= new URLSearchParams(this.search, (text) => this._set('search', text));
    return this.#params;
  }
  _get(at) {
    return this.#parts[at];
  }
  _set(part, value) {
    this.#parts = host.urlSet(this.#parts[0], part, String(value)) ?? this.#parts;
  }
  _replace(href) {
    const parts = host.url(String(href));
    if (!parts) throw invalid(href);
    this.#parts = parts;
  }
  _params() {
    return this.#params;
  }
  toString() {
    return this.#parts[0];
  }
  toJSON() {
    return this.#parts[0];
  }
  get [Symbol.toStringTag]() {
    return 'URL';
  }
}
PARTS.forEach((name, at) => {
  Object.defineProperty(URL.prototype, name, {
    get() {
      return this._get(at);
    },
    set(value) {
      if (name === 'origin') return;
      name === 'href' ? this._replace(value) : this._set(name, value);
      if (name === 'href' || name === 'search') this._params()?._reset(this.search);
    },
    enumerable: true,
    configurable: true,
  });
});

function invalid(input) {
  const error = new TypeError('Invalid URL');
  error.code = 'ERR_INVALID_URL';
  error.input = String(input);
  return error;
}

// ---- Node's older functions

class Url {
  protocol = null;
  slashes = null;
  auth = null;
  host = null;
  port = null;
  hostname = null;
  hash = null;
  search = null;
  query = null;
  pathname = null;
  path = null;
  href = '';
}

function parse(text, withQuery = false, slashesDenoteHost = false) {
  if (text instanceof Url) return text;
  if (typeof text !== 'string') throw new TypeError('The "url" argument must be of type string.');
  const out = new Url();
  let rest = text.trim();
  const take = (pattern) => {
    const found = pattern.exec(rest);
    if (found) rest = rest.slice(found[0].length);
    return found;
  };
  const protocol = take(/^([a-z][a-z0-9+.-]*:)/i);
  if (protocol) out.protocol = protocol[1].toLowerCase();
  if (out.protocol !== 'javascript:' && (protocol || slashesDenoteHost) && take(/^\/\//)) {
    out.slashes = true;
    const authority = take(/^[^/?#\\]*/)[0];
    const at = authority.lastIndexOf('@');
    if (at >= 0) out.auth = unescapeSafely(authority.slice(0, at));
    const [, hostname, port] = /^(.*?)(?::(\d*))?$/.exec(authority.slice(at + 1));
    out.port = port || null;
    out.hostname = hostname.replace(/^\[|\]$/g, '').toLowerCase();
    out.host = hostname.toLowerCase() + (port ? ':' + port : '');
  }
  const hash = rest.indexOf('#');
  if (hash >= 0) {
    out.hash = rest.slice(hash);
    rest = rest.slice(0, hash);
  }
  const search = rest.indexOf('?');
  if (search >= 0) {
    out.search = rest.slice(search);
    out.query = rest.slice(search + 1);
    rest = rest.slice(0, search);
  }
  if (withQuery) {
    out.search ??= '';
    out.query = require('querystring').parse(out.query ?? '');
  }
  out.pathname = rest || (out.slashes ? '/' : null);
  if (out.pathname || out.search) out.path = (out.pathname ?? '') + (out.search ?? '');
  out.href = format(out);
  return out;
}

function unescapeSafely(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function format(url, options) {
  if (typeof url === 'string') return format(parse(url));
  if (url instanceof URL) {
    const copy = new URL(url.href);
    if (options?.fragment === false) copy.hash = '';
    if (options?.search === false) copy.search = '';
    return copy.href;
  }
  let protocol = url.protocol ?? '';
  if (protocol && !protocol.endsWith(':')) protocol += ':';
  const auth = url.auth ? encodeURIComponent(url.auth).replace(/%3A/i, ':') + '@' : '';
  let authority = '';
  if (url.host) authority = auth + url.host;
  else if (url.hostname) {
    const name = url.hostname.includes(':') ? `[${url.hostname}]` : url.hostname;
    authority = auth + name + (url.port ? ':' + url.port : '');
  }
  const hasSlashes = url.slashes || (/^(https?|ftp|gopher|file):$/.test(protocol) && authority);
  let pathname = url.pathname ?? '';
  if (hasSlashes && pathname && !pathname.startsWith('/')) pathname = '/' + pathname;
  let search = url.search ?? '';
  if (!search && typeof url.query === 'object' && url.query) {
    const text = require('querystring').stringify(url.query);
    search = text && '?' + text;
  }
  if (search && !search.startsWith('?')) search = '?' + search;
  let hash = url.hash ?? '';
  if (hash && !hash.startsWith('#')) hash = '#' + hash;
  return protocol + (hasSlashes ? '//' : '') + authority + pathname.replace(/[?#]/g, encodeURIComponent) + search.replaceAll('#', '%23') + hash;
}

// A base without a host is given one for the standard's parser, and loses it again.
const NOWHERE = 'http://nowhere.invalid';

function resolve(from, to) {
  const absolute = URL.canParse(from);
  const resolved = URL.parse(to, absolute ? from : URL.parse(from, NOWHERE + '/')?.href);
  if (!resolved) return to;
  return !absolute && resolved.origin === NOWHERE ? resolved.pathname + resolved.search + resolved.hash : resolved.href;
}

function urlToHttpOptions(url) {
  const { protocol, hostname, hash, search, pathname, href } = url;
  return { protocol, hostname, hash, search, pathname, path: pathname + search, href, port: url.port ? Number(url.port) : '' };
}

module.exports = { URL, URLSearchParams, Url, parse, format, resolve, urlToHttpOptions };
