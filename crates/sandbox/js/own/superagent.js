// The `superagent` package over the guarded client.

const { HeaderList, send, form, withQuery, basic, multipart, REASONS } = require('http');

const TYPES = { json: 'application/json', form: 'application/x-www-form-urlencoded', urlencoded: 'application/x-www-form-urlencoded', html: 'text/html', xml: 'text/xml', text: 'text/plain', 'multipart/form-data': 'multipart/form-data' };

class Response {
  constructor(answer, request) {
    this.status = this.statusCode = answer.status;
    this.statusType = Math.floor(answer.status / 100);
    this.header = this.headers = answer.headers;
    this.req = this.request = request;
    const [type, ...params] = String(answer.headers['content-type'] ?? '').split(/\s*;\s*/);
    this.type = type;
    for (const param of params) {
      const [name, value] = param.split('=');
      if (name) this[name] = value;
    }
    this.redirects = answer.url === request.url ? [] : [answer.url];
    this.links = {};
    this.info = this.statusType === 1;
    this.ok = this.statusType === 2;
    this.redirect = this.statusType === 3;
    this.clientError = this.statusType === 4;
    this.serverError = this.statusType === 5;
    this.unauthorized = answer.status === 401;
    this.forbidden = answer.status === 403;
    this.notFound = answer.status === 404;
    this.badRequest = answer.status === 400;
    const wantsBytes = request._responseType || /^(image|audio|video)\/|octet-stream$|^application\/(pdf|zip)$/.test(type);
    if (wantsBytes) this.body = Buffer.from(answer.bytes().buffer);
    else {
      this.text = answer.text();
      this.body = request._parser ? request._parser(this.text) : parsed(type, this.text);
    }
    this.error = this.clientError || this.serverError ? this.toError() : false;
  }
  get(name) {
    return this.header[name.toLowerCase()];
  }
  toError() {
    const error = new Error(`cannot ${this.req.method} ${this.req.url} (${this.status})`);
    return Object.assign(error, { status: this.status, text: this.text, method: this.req.method, path: this.req.url });
  }
}

function parsed(type, text) {
  if (/[/+]json($|[^-\w])/i.test(type)) return text ? JSON.parse(text) : null;
  if (type === TYPES.form) return { ...require('querystring').parse(text) };
  return {};
}

class Request {
  constructor(method, url) {
    this.method = method.toUpperCase();
    this.url = url;
    this._headers = new HeaderList();
    this._query = [];
    this._fields = [];
    this._tries = 0;
    this._ok = (response) => response.status >= 200 && response.status < 300;
  }
  set(name, value) {
    typeof name === 'object' ? this._headers.addAll(name) : this._headers.set(name, value);
    return this;
  }
  get(name) {
    return this._headers.get(name);
  }
  getHeader(name) {
    return this._headers.get(name);
  }
  unset(name) {
    this._headers.set(name, undefined);
    return this;
  }
  type(type) {
    return this.set('Content-Type', TYPES[type] ?? type);
  }
  accept(type) {
    return this.set('Accept', TYPES[type] ?? type);
  }
  auth(user, password, options) {
    if (typeof password === 'object') [password, options] = ['', password];
    return this.set('Authorization', options?.type === 'bearer' ? 'Bearer ' + user : basic(user, password));
  }
  query(value) {
    this._query.push(typeof value === 'string' ? value : form(value));
    return this;
  }
  sortQuery() {
    return this;
  }
  send(value) {
    if (typeof value === 'object' && value !== null && typeof this._data === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array)) Object.assign(this._data, value);
    else if (typeof value === 'string' && typeof this._data === 'string') this._data += (this._headers.get('content-type') === TYPES.form ? '&' : '') + value;
    else this._data = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype ? { ...value } : value;
    return this;
  }
  field(name, value) {
    const pairs = typeof name === 'object' ? Object.entries(name) : [[name, value]];
    for (const [key, inner] of pairs) for (const one of [inner].flat()) this._fields.push([key, one]);
    return this;
  }
  attach(name, data, about) {
    if (typeof data === 'string') throw new Error('superagent: attach needs a Buffer here, there are no files');
    this._fields.push([name, data, typeof about === 'string' ? { filename: about } : (about ?? { filename: name })]);
    return this;
  }
  timeout(value) {
    this._timeout = typeof value === 'object' ? (value.deadline ?? value.response) : value;
    return this;
  }
  redirects(count) {
    this._redirects = count;
    return this;
  }
  retry(count = 1) {
    this._tries = count;
    return this;
  }
  ok(fn) {
    this._ok = fn;
    return this;
  }
  parse(fn) {
    if (fn.length < 2) this._parser = fn;
    return this;
  }
  responseType(type) {
    this._responseType = type;
    return this;
  }
  use(plugin) {
    plugin(this);
    return this;
  }
  buffer() {
    return this;
  }
  withCredentials() {
    return this;
  }
  on() {
    return this;
  }
  abort() {
    this._aborted = true;
    return this;
  }
  _body() {
    if (this._fields.length) {
      const encoded = multipart(this._fields);
      this._headers.set('Content-Type', encoded.contentType);
      return encoded.body;
    }
    const data = this._data;
    if (data === undefined || typeof data === 'string') {
      if (data !== undefined) this._headers.setIfMissing('Content-Type', TYPES.form);
      return data;
    }
    if (data instanceof Uint8Array) return data;
    this._headers.setIfMissing('Content-Type', TYPES.json);
    return this._headers.get('content-type').startsWith(TYPES.form) ? form(data) : JSON.stringify(data);
  }
  end(callback) {
    this._promise().then(
      (response) => callback(null, response),
      (error) => callback(error, error.response),
    );
    return this;
  }
  then(fine, failed) {
    this._sent ??= this._promise();
    return this._sent.then(fine, failed);
  }
  catch(failed) {
    return this.then(undefined, failed);
  }
  finally(fn) {
    return this.then().finally(fn);
  }
  async _promise() {
    for (let left = this._tries; ; left--) {
      try {
        return await this._once();
      } catch (error) {
        const again = !error.response || [408, 413, 429, 500, 502, 503, 504].includes(error.status);
        if (left <= 0 || !again) throw error;
      }
    }
  }
  _once() {
    return new Promise((resolve, reject) => {
      const url = withQuery(/^[a-z]+:/i.test(this.url) ? this.url : 'http://' + this.url, this._query.filter(Boolean).join('&'));
      const body = this._body();
      send({ method: this.method, url, headers: this._headers, body, timeout: this._timeout, maxRedirects: this._redirects ?? 5 }, (error, answer) => {
        if (this._aborted) return;
        if (error) return reject(Object.assign(error, error.code === 'ETIMEDOUT' && this._timeout ? { timeout: this._timeout, code: 'ECONNABORTED' } : {}));
        try {
          const response = new Response(answer, this);
          if (this._ok(response)) return resolve(response);
          const failure = new Error(answer.reason || REASONS[answer.status] || 'Unsuccessful HTTP response');
          reject(Object.assign(failure, { status: response.status, response, original: null }));
        } catch (wrong) {
          reject(Object.assign(wrong, { parse: true, statusCode: answer.status, rawResponse: answer.text() }));
        }
      });
    });
  }
}

function make(prepare = (request) => request) {
  const superagent = (method, url) => {
    if (typeof url === 'function') return prepare(new Request('GET', method)).end(url);
    return prepare(url === undefined ? new Request('GET', method) : new Request(method, url));
  };
  for (const method of ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']) {
    superagent[method] = (url, data, callback) => {
      const request = prepare(new Request(method, url));
      if (typeof data === 'function') [data, callback] = [undefined, data];
      if (data !== undefined && data !== null) ['get', 'head'].includes(method) ? request.query(data) : request.send(data);
      return callback ? request.end(callback) : request;
    };
  }
  superagent.del = superagent.delete;
  return superagent;
}

module.exports = make();
module.exports.Request = Request;
module.exports.agent = () => {
  const steps = [];
  const agent = make((request) => steps.reduce((so, [name, args]) => so[name](...args), request));
  for (const name of ['set', 'auth', 'query', 'type', 'accept', 'timeout', 'redirects', 'retry', 'ok', 'use']) {
    agent[name] = (...args) => (steps.push([name, args]), agent);
  }
  return agent;
};
