// The `request` package over the guarded client: callbacks, events, and what `request-promise` needs.

const EventEmitter = require('events');
const url = require('url');
const { HeaderList, send, form, withQuery, basic, multipart } = require('http');

class Request extends EventEmitter {
  constructor(options, callback) {
    super();
    this.options = options;
    this.callback = callback;
    this.method = (options.method ?? 'GET').toUpperCase();
    // A tick later, so that listeners can be added, `form()` called and errors heard.
    process.nextTick(() => this._start());
  }
  auth(user, pass, _sendImmediately, bearer) {
    this.options.auth = { user, pass, bearer };
    return this;
  }
  form(value) {
    this.options.form = value;
    return this;
  }
  json(value) {
    this.options.json = value;
    return this;
  }
  setHeader(name, value) {
    this.options.headers = { ...this.options.headers, [name]: value };
    return this;
  }
  pipe() {
    throw new Error('request(...).pipe is not available to scripts: there is nowhere to write to');
  }
  abort() {
    this.aborted = true;
  }
  _fail(error) {
    if (this.aborted) return;
    this.callback?.(error);
    if (this.listenerCount('error')) this.emit('error', error);
    else if (!this.callback) throw error;
  }
  _start() {
    let prepared;
    try {
      prepared = prepare(this.options, this.method);
    } catch (error) {
      return this._fail(error);
    }
    this.uri = url.parse(prepared.url);
    this.href = prepared.url;
    this.headers = prepared.headers.toObject();
    send(prepared, (error, answer) => (error ? this._fail(error) : this._answer(answer)));
  }
  _answer(answer) {
    if (this.aborted) return;
    const { encoding, json, jsonReviver } = this.options;
    let body = encoding === null ? Buffer.from(answer.bytes().buffer) : encoding && !/^utf-?8$/i.test(encoding) ? Buffer.from(answer.bytes().buffer).toString(encoding) : answer.text();
    if (json && typeof body === 'string') {
      try {
        body = JSON.parse(body, jsonReviver);
      } catch {
        // Then it is given as it came.
      }
    }
    const response = {
      statusCode: answer.status,
      statusMessage: answer.reason,
      headers: answer.headers,
      rawHeaders: answer.rawHeaders.flat(),
      body,
      request: this,
      caseless: { get: (name) => answer.headers[name.toLowerCase()] },
      toJSON() {
        return { statusCode: this.statusCode, body: this.body, headers: this.headers };
      },
    };
    this.response = response;
    this.emit('response', response);
    this.emit('data', encoding === null ? body : answer.text());
    this.emit('end');
    this.emit('complete', response, body);
    this.callback?.(null, response, body);
  }
  toJSON() {
    return { uri: this.uri, method: this.method, headers: this.headers };
  }
}

function prepare(options, method) {
  let address = options.uri ?? options.url;
  if (address && typeof address === 'object') address = address.href ?? url.format(address);
  if (options.baseUrl) address = options.baseUrl.replace(/\/$/, '') + '/' + String(address ?? '').replace(/^\//, '');
  if (!address) throw new Error('options.uri is a required argument');
  if (!/^https?:\/\//i.test(address)) throw new Error(`Invalid URI "${address}"`);
  if (options.qs) address = withQuery(address, form(options.qs, { encode: rfc3986 }));
  const headers = new HeaderList(options.headers);
  let { body } = options;
  if (options.form) {
    body = typeof options.form === 'string' ? options.form : form(options.form, { encode: rfc3986 });
    headers.setIfMissing('content-type', 'application/x-www-form-urlencoded');
  } else if (options.formData) {
    const encoded = multipart(fieldsOf(options.formData));
    body = encoded.body;
    headers.set('content-type', encoded.contentType);
  } else if (options.json) {
    headers.setIfMissing('accept', 'application/json');
    if (typeof options.json === 'object') body = options.json;
    if (body !== undefined && !(body instanceof Uint8Array)) {
      if (typeof body !== 'string' || options.json === true) body = JSON.stringify(body);
      headers.setIfMissing('content-type', 'application/json');
    }
  } else if (body !== undefined && body !== null && typeof body !== 'string' && !(body instanceof Uint8Array)) {
    throw new Error('Argument error, options.body.');
  }
  const auth = options.auth ?? {};
  const bearer = typeof auth.bearer === 'function' ? auth.bearer() : auth.bearer;
  if (bearer !== undefined) headers.setIfMissing('authorization', 'Bearer ' + bearer);
  else if (auth.user ?? auth.username) headers.setIfMissing('authorization', basic(auth.user ?? auth.username, auth.pass ?? auth.password));
  const follows = options.followAllRedirects || (options.followRedirect !== false && ['GET', 'HEAD'].includes(method));
  return { method, url: address, headers, body, timeout: options.timeout, maxRedirects: follows ? (options.maxRedirects ?? 10) : 0 };
}

const rfc3986 = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (letter) => '%' + letter.charCodeAt(0).toString(16).toUpperCase());

function fieldsOf(data) {
  return Object.entries(data).flatMap(([name, value]) =>
    [value].flat().map((one) => (one && typeof one === 'object' && 'value' in one ? [name, one.value, one.options] : [name, one])),
  );
}

function readArguments(uri, options, callback) {
  if (typeof options === 'function') callback = options;
  const given = typeof options === 'object' && options ? { ...options, uri } : typeof uri === 'string' ? { uri } : { ...uri };
  return { options: given, callback: callback ?? given.callback };
}

// `wrap(options, callback)` makes the thing that is given back.
function make(wrap, defaults = {}) {
  const merged = (options) => ({ ...defaults, ...options, headers: { ...defaults.headers, ...options.headers } });
  const start = (method) => (uri, options, callback) => {
    const read = readArguments(uri, options, callback);
    return wrap(merged(method ? { ...read.options, method } : read.options), read.callback);
  };
  const request = start();
  for (const method of ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']) request[method] = start(method.toUpperCase());
  request.del = request.delete;
  request.defaults = (more, wrapper) => {
    const inner = make(wrap, merged(more));
    return typeof wrapper === 'function' ? Object.assign((...args) => wrapper(...args), inner) : inner;
  };
  request.jar = () => ({ setCookie() {}, getCookieString: () => '', getCookies: () => [] });
  request.cookie = (text) => text;
  request.forever = (_agent, options) => request.defaults(options ?? {});
  return request;
}

module.exports = make((options, callback) => new Request(options, callback));
module.exports.Request = Request;
Object.defineProperty(module.exports, '_make', { value: make });
