// `fetch` of the web, and the `node-fetch` package, over the guarded client.

const { HeaderList, FormData, send } = require('http');

class Headers {
  #map = new Map();
  constructor(init) {
    if (!init) return;
    const pairs = typeof init[Symbol.iterator] === 'function' ? init : Object.entries(init);
    for (const [name, value] of pairs) this.append(name, value);
  }
  append(name, value) {
    const key = String(name).toLowerCase();
    this.#map.set(key, [...(this.#map.get(key) ?? []), String(value)]);
  }
  set(name, value) {
    this.#map.set(String(name).toLowerCase(), [String(value)]);
  }
  get(name) {
    return this.#map.get(String(name).toLowerCase())?.join(', ') ?? null;
  }
  has(name) {
    return this.#map.has(String(name).toLowerCase());
  }
  delete(name) {
    this.#map.delete(String(name).toLowerCase());
  }
  getSetCookie() {
    return this.#map.get('set-cookie') ?? [];
  }
  raw() {
    return Object.fromEntries(this.#map);
  }
  forEach(fn, self) {
    for (const [name, value] of this) fn.call(self, value, name, this);
  }
  *entries() {
    for (const name of [...this.#map.keys()].sort()) yield [name, this.get(name)];
  }
  *keys() {
    for (const [name] of this) yield name;
  }
  *values() {
    for (const [, value] of this) yield value;
  }
  [Symbol.iterator]() {
    return this.entries();
  }
}

class FetchError extends Error {
  constructor(message, type, cause) {
    super(message);
    this.name = 'FetchError';
    this.type = type;
    if (cause?.code) this.code = this.errno = cause.code;
    if (cause) this.cause = cause;
  }
}

class Body {
  #bytes;
  #answer;
  bodyUsed = false;
  constructor(body) {
    if (typeof body?.text === 'function' && typeof body.bytes === 'function') this.#answer = body;
    else this.#bytes = body === undefined || body === null ? new Uint8Array() : typeof body === 'string' ? host.encode(body) : new Uint8Array(body.buffer ?? body, body.byteOffset ?? 0, body.byteLength);
  }
  _peek() {
    return this.#answer ?? this.#bytes;
  }
  #use() {
    if (this.bodyUsed) throw new TypeError('body used already for: ' + this.url);
    this.bodyUsed = true;
  }
  async _take() {
    this.#use();
    return this.#answer?.bytes() ?? this.#bytes;
  }
  async text() {
    this.#use();
    return this.#answer?.text() ?? host.decode(this.#bytes);
  }
  async json() {
    const text = await this.text();
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new FetchError(`invalid json response body at ${this.url} reason: ${error.message}`, 'invalid-json');
    }
  }
  async arrayBuffer() {
    return (await this._take()).slice().buffer;
  }
  async bytes() {
    return (await this._take()).slice();
  }
  async buffer() {
    return Buffer.from(await this.arrayBuffer());
  }
  async textConverted() {
    return this.text();
  }
}

class Response extends Body {
  constructor(body, init = {}) {
    super(body);
    this.status = init.status ?? 200;
    this.statusText = init.statusText ?? '';
    this.headers = new Headers(init.headers);
    this.url = init.url ?? '';
    this.redirected = Boolean(init.redirected);
    this.type = 'default';
  }
  get ok() {
    return this.status >= 200 && this.status < 300;
  }
  clone() {
    return new Response(this._peek(), this);
  }
  static json(value, init = {}) {
    return new Response(JSON.stringify(value), { ...init, headers: { 'content-type': 'application/json', ...init.headers } });
  }
  static error() {
    return new Response(null, { status: 0 });
  }
}

class Request {
  constructor(input, init = {}) {
    const from = input instanceof Request ? input : {};
    this.url = input instanceof Request ? input.url : String(input);
    this.method = String(init.method ?? from.method ?? 'GET').toUpperCase();
    this.headers = new Headers(init.headers ?? from.headers);
    this.body = init.body ?? from.body;
    this.redirect = init.redirect ?? from.redirect ?? 'follow';
    this.signal = init.signal ?? from.signal;
    this.timeout = init.timeout ?? from.timeout;
    this.follow = init.follow ?? from.follow ?? 20;
  }
}

function bodyOf(request) {
  const { body, headers } = request;
  const type = (value) => headers.has('content-type') || headers.set('content-type', value);
  if (typeof body === 'string') type('text/plain;charset=UTF-8');
  if (body instanceof URLSearchParams) {
    type('application/x-www-form-urlencoded;charset=UTF-8');
    return String(body);
  }
  if (body instanceof FormData) {
    const encoded = body._encode();
    headers.set('content-type', encoded.contentType);
    return encoded.body;
  }
  return body;
}

function fetch(input, init) {
  return new Promise((resolve, reject) => {
    const request = new Request(input, init);
    const { signal } = request;
    const abort = () => reject(signal.reason);
    if (signal?.aborted) return abort();
    signal?.addEventListener?.('abort', abort);
    if (!/^https?:/i.test(request.url)) return reject(new TypeError('Only absolute URLs are supported: ' + request.url));
    if (request.body != null && ['GET', 'HEAD'].includes(request.method)) return reject(new TypeError('Request with GET/HEAD method cannot have body.'));
    const body = bodyOf(request);
    const maxRedirects = request.redirect === 'follow' ? request.follow : 0;
    send({ method: request.method, url: request.url, headers: new HeaderList(request.headers), body, timeout: request.timeout, maxRedirects }, (error, answer) => {
      if (error) return reject(new FetchError(`request to ${request.url} failed, reason: ${error.message}`, error.code === 'ETIMEDOUT' ? 'request-timeout' : 'system', error));
      if (request.redirect === 'error' && answer.status >= 300 && answer.status < 400) {
        return reject(new FetchError(`uri requested responds with a redirect, redirect mode is set to error: ${request.url}`, 'no-redirect'));
      }
      resolve(new Response(answer, { status: answer.status, statusText: answer.reason, headers: answer.rawHeaders, url: answer.url, redirected: answer.url !== request.url }));
    });
  });
}

module.exports = Object.assign(fetch, { default: fetch, fetch, Headers, Request, Response, FormData, FetchError, isRedirect: (status) => [301, 302, 303, 307, 308].includes(status) });
