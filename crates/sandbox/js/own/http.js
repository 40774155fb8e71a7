// One request to the world: what `request`, `axios`, `superagent` and `fetch` have in common. Scripts do not see this.

// Names as written, the last of two that differ in case wins.
class HeaderList {
  #pairs = new Map();
  constructor(...sources) {
    for (const source of sources) this.addAll(source);
  }
  addAll(source) {
    if (!source) return this;
    const pairs = typeof source[Symbol.iterator] === 'function' ? source : Object.entries(source);
    for (const [name, value] of pairs) this.set(name, value);
    return this;
  }
  set(name, value) {
    if (value === undefined || value === null || value === false) this.#pairs.delete(name.toLowerCase());
    else this.#pairs.set(name.toLowerCase(), [name, Array.isArray(value) ? value.join(', ') : String(value)]);
    return this;
  }
  setIfMissing(name, value) {
    return this.has(name) ? this : this.set(name, value);
  }
  has(name) {
    return this.#pairs.has(name.toLowerCase());
  }
  get(name) {
    return this.#pairs.get(name.toLowerCase())?.[1];
  }
  list() {
    return [...this.#pairs.values()];
  }
  toObject() {
    return Object.fromEntries(this.list());
  }
}

// As Node gives a response's headers: small letters, cookies as a list, others joined.
function headersOf(pairs) {
  const out = {};
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    if (key === 'set-cookie') (out[key] ??= []).push(value);
    else out[key] = Object.hasOwn(out, key) ? `${out[key]}, ${value}` : value;
  }
  return out;
}

function send({ method = 'GET', url, headers, body, timeout, maxRedirects }, done) {
  const request = { method: String(method).toUpperCase(), url: String(url), headers: headers.list() };
  if (Number(timeout) > 0) request.timeout_ms = Math.ceil(Number(timeout));
  if (Number.isInteger(maxRedirects) && maxRedirects >= 0) request.max_redirects = maxRedirects;
  return host.send(request, bodyOf(body), (error, head, bytes, text) => {
    if (error) return done(error);
    done(undefined, {
      status: head.status,
      reason: head.reason || REASONS[head.status] || '',
      headers: headersOf(head.headers),
      rawHeaders: head.headers,
      url: head.url || request.url,
      bytes,
      text,
    });
  });
}

function bodyOf(body) {
  if (body === undefined || body === null || typeof body === 'string' || body instanceof Uint8Array) return body;
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  return String(body);
}

// multipart/form-data out of [name, value, { filename, contentType }]; the boundary as good as random.
function multipart(fields) {
  const boundary = '----closer' + [...host.random(12)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const parts = [];
  const escape = (text) => String(text).replace(/["\r\n]/g, (letter) => ({ '"': '%22', '\r': '%0D', '\n': '%0A' })[letter]);
  for (const [name, value, about = {}] of fields) {
    const file = about.filename ? `; filename="${escape(about.filename)}"` : '';
    const type = about.contentType ?? (file ? 'application/octet-stream' : '');
    parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="${escape(name)}"${file}\r\n${type ? `Content-Type: ${type}\r\n` : ''}\r\n`);
    parts.push(bodyOf(value) ?? '', '\r\n');
  }
  parts.push(`--${boundary}--\r\n`);
  const bytes = parts.map((part) => (typeof part === 'string' ? host.encode(part) : part));
  const all = new Uint8Array(bytes.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of bytes) {
    all.set(part, at);
    at += part.length;
  }
  return { body: all, contentType: `multipart/form-data; boundary=${boundary}` };
}

class FormData {
  #fields = [];
  append(name, value, about) {
    const filename = typeof about === 'string' ? about : about?.filename;
    this.#fields.push([String(name), value instanceof Uint8Array ? value : String(value), { filename, contentType: about?.contentType }]);
  }
  set(name, value, about) {
    this.delete(name);
    this.append(name, value, about);
  }
  delete(name) {
    this.#fields = this.#fields.filter((field) => field[0] !== name);
  }
  get(name) {
    return this.#fields.find((field) => field[0] === name)?.[1] ?? null;
  }
  getAll(name) {
    return this.#fields.filter((field) => field[0] === name).map((field) => field[1]);
  }
  has(name) {
    return this.#fields.some((field) => field[0] === name);
  }
  *[Symbol.iterator]() {
    for (const [name, value] of this.#fields) yield [name, value];
  }
  getHeaders() {
    return {};
  }
  _encode() {
    return multipart(this.#fields);
  }
}

// `a=1&b[]=2&c[d]=3`, as the packages that send forms write them.
function form(value, { arrays = (name, index) => `${name}[${index}]`, encode = encodeURIComponent } = {}) {
  const pairs = [];
  const walk = (name, inner) => {
    if (inner === undefined) return;
    if (Array.isArray(inner)) inner.forEach((item, index) => walk(arrays(name, index, item), item));
    else if (inner instanceof Date) pairs.push([name, inner.toISOString()]);
    else if (typeof inner === 'object' && inner !== null) for (const key of Object.keys(inner)) walk(`${name}[${key}]`, inner[key]);
    else pairs.push([name, inner === null ? '' : String(inner)]);
  };
  for (const key of Object.keys(value)) walk(key, value[key]);
  return pairs.map(([name, text]) => `${encode(name)}=${encode(text)}`).join('&');
}

function withQuery(url, query) {
  if (!query) return url;
  const [rest, ...hash] = String(url).split('#');
  return rest + (rest.includes('?') ? (/[?&]$/.test(rest) ? '' : '&') : '?') + query + (hash.length ? '#' + hash.join('#') : '');
}

function basic(user = '', password = '') {
  const bytes = host.encode(`${user}:${password}`);
  return 'Basic ' + btoa(String.fromCharCode(...bytes));
}

const REASONS = {
  200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No Content', 301: 'Moved Permanently', 302: 'Found', 303: 'See Other',
  304: 'Not Modified', 307: 'Temporary Redirect', 308: 'Permanent Redirect', 400: 'Bad Request', 401: 'Unauthorized',
  403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 408: 'Request Timeout', 409: 'Conflict', 410: 'Gone',
  413: 'Payload Too Large', 415: 'Unsupported Media Type', 422: 'Unprocessable Entity', 429: 'Too Many Requests',
  500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Timeout',
};

module.exports = { HeaderList, FormData, send, form, withQuery, basic, multipart, REASONS };
