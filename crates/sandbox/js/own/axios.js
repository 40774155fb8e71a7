// The `axios` package over the guarded client.

const { HeaderList, FormData, send, form, withQuery, basic } = require('http');

class AxiosError extends Error {
  constructor(message, code, config, request, response) {
    super(message);
    this.name = 'AxiosError';
    this.isAxiosError = true;
    if (code) this.code = code;
    if (config) this.config = config;
    if (request) this.request = request;
    if (response) {
      this.response = response;
      this.status = response.status;
    }
  }
  toJSON() {
    return { message: this.message, name: this.name, code: this.code, status: this.status ?? null };
  }
}
AxiosError.ERR_BAD_REQUEST = 'ERR_BAD_REQUEST';
AxiosError.ERR_BAD_RESPONSE = 'ERR_BAD_RESPONSE';
AxiosError.ERR_NETWORK = 'ERR_NETWORK';
AxiosError.ECONNABORTED = 'ECONNABORTED';
AxiosError.ETIMEDOUT = 'ETIMEDOUT';
AxiosError.ERR_CANCELED = 'ERR_CANCELED';

class CanceledError extends AxiosError {
  constructor(message) {
    super(message ?? 'canceled', 'ERR_CANCELED');
    this.name = 'CanceledError';
    this.__CANCEL__ = true;
  }
}

class AxiosHeaders {
  constructor(headers) {
    Object.assign(this, headers);
  }
  get(name) {
    return this[name.toLowerCase()];
  }
  has(name) {
    return name.toLowerCase() in this;
  }
  toJSON() {
    return { ...this };
  }
}

const isPlain = (value) => {
  if (typeof value !== 'object' || value === null) return false;
  const above = Object.getPrototypeOf(value);
  return above === null || above === Object.prototype;
};

function merged(a, b) {
  const out = { ...a };
  for (const key of Object.keys(b ?? {})) {
    if (b[key] === undefined) continue;
    out[key] = isPlain(b[key]) && isPlain(a?.[key]) && key !== 'data' && key !== 'params' ? merged(a[key], b[key]) : b[key];
  }
  if (isPlain(a?.params) && isPlain(b?.params)) out.params = { ...a.params, ...b.params };
  return out;
}

const plainQuery = (text) => encodeURIComponent(text).replace(/%3A/gi, ':').replace(/%24/g, '$').replace(/%2C/gi, ',').replace(/%20/g, '+').replace(/%5B/gi, '[').replace(/%5D/gi, ']');

function query(params, serializer) {
  if (!params) return '';
  if (typeof serializer === 'function') return serializer(params);
  if (typeof serializer?.serialize === 'function') return serializer.serialize(params);
  if (params instanceof URLSearchParams || typeof params === 'string') return String(params);
  const given = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== null && value !== undefined));
  return form(given, { arrays: (name) => `${name}[]`, encode: plainQuery });
}

function addressOf(config) {
  const { baseURL, url = '' } = config;
  const absolute = /^([a-z][a-z\d+\-.]*:)?\/\//i.test(url);
  const whole = baseURL && !absolute ? (url ? baseURL.replace(/\/?\/$/, '') + '/' + url.replace(/^\/+/, '') : baseURL) : url;
  return withQuery(whole, query(config.params, config.paramsSerializer));
}

function bodyOf(config, headers) {
  let { data } = config;
  for (const transform of [config.transformRequest].flat()) if (transform) data = transform.call(config, data, config.headers);
  if (data === undefined || data === null) return undefined;
  if (typeof data === 'string' || data instanceof Uint8Array || data instanceof ArrayBuffer) {
    if (typeof data === 'string') {
      if (/^application\/json/.test(headers.get('content-type') ?? '') && !isJson(data)) return JSON.stringify(data);
      headers.setIfMissing('Content-Type', 'application/x-www-form-urlencoded');
    }
    return data;
  }
  if (data instanceof URLSearchParams) {
    headers.setIfMissing('Content-Type', 'application/x-www-form-urlencoded;charset=utf-8');
    return data.toString();
  }
  if (data instanceof FormData) {
    const encoded = data._encode();
    headers.set('Content-Type', encoded.contentType);
    return encoded.body;
  }
  const type = headers.get('content-type') ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) return form(data, { arrays: (name) => `${name}[]` });
  if (type.startsWith('multipart/form-data')) {
    const fields = new FormData();
    for (const [name, value] of Object.entries(data)) fields.append(name, value);
    const encoded = fields._encode();
    headers.set('Content-Type', encoded.contentType);
    return encoded.body;
  }
  headers.setIfMissing('Content-Type', 'application/json');
  return JSON.stringify(data);
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function read(answer, config, headers) {
  let data;
  if (config.responseType === 'arraybuffer') data = Buffer.from(answer.bytes().buffer);
  else if (config.responseType === 'stream') throw new AxiosError('responseType stream is not available to scripts', 'ERR_NOT_SUPPORT', config);
  else data = answer.text();
  const transforms = [config.transformResponse].flat().filter(Boolean);
  if (transforms.length) {
    for (const transform of transforms) data = transform.call(config, data, headers, answer.status);
  } else if (typeof data === 'string' && data && config.responseType !== 'text') {
    try {
      data = JSON.parse(data);
    } catch {
      // Then it is text.
    }
  }
  return data;
}

function dispatch(config) {
  return new Promise((resolve, reject) => {
    const method = String(config.method ?? 'get').toLowerCase();
    const cancel = (reason) => reject(new CanceledError(reason?.message));
    if (config.signal?.aborted) return cancel();
    config.signal?.addEventListener?.('abort', () => cancel());
    config.cancelToken?.promise?.then(cancel);
    const { common, delete: _d, get: _g, head: _h, post: _p, put: _u, patch: _a, ...own } = config.headers ?? {};
    const headers = new HeaderList(common, config.headers?.[method], own);
    headers.setIfMissing('Accept', 'application/json, text/plain, */*');
    const body = bodyOf(config, headers);
    if (config.auth) headers.set('Authorization', basic(config.auth.username, config.auth.password));
    const request = { method: method.toUpperCase(), path: addressOf(config) };
    const maxRedirects = config.maxRedirects ?? 5;
    send({ method, url: addressOf(config), headers, body, timeout: config.timeout, maxRedirects }, (error, answer) => {
      if (error) {
        const late = error.code === 'ETIMEDOUT' && config.timeout;
        const message = late ? config.timeoutErrorMessage ?? `timeout of ${config.timeout}ms exceeded` : error.message;
        const failure = new AxiosError(message, late ? 'ECONNABORTED' : error.code, config, request);
        failure.cause = error;
        return reject(failure);
      }
      try {
        const received = new AxiosHeaders(answer.headers);
        const response = { data: read(answer, config, received), status: answer.status, statusText: answer.reason, headers: received, config, request: { ...request, res: { responseUrl: answer.url } } };
        const fine = config.validateStatus === null ? true : (config.validateStatus ?? ((status) => status >= 200 && status < 300))(answer.status);
        if (fine) return resolve(response);
        const code = answer.status < 500 ? 'ERR_BAD_REQUEST' : 'ERR_BAD_RESPONSE';
        reject(new AxiosError(`Request failed with status code ${answer.status}`, code, config, request, response));
      } catch (wrong) {
        reject(wrong);
      }
    });
  });
}

class Interceptors {
  handlers = [];
  use(fine, failed) {
    return this.handlers.push({ fine, failed }) - 1;
  }
  eject(id) {
    this.handlers[id] = undefined;
  }
  clear() {
    this.handlers = [];
  }
}

function create(defaults) {
  const interceptors = { request: new Interceptors(), response: new Interceptors() };
  const request = (first, second) => {
    const given = typeof first === 'string' ? { ...second, url: first } : (first ?? {});
    let chain = Promise.resolve(merged(axios.defaults, given));
    for (const handler of [...interceptors.request.handlers].reverse()) if (handler) chain = chain.then(handler.fine, handler.failed);
    chain = chain.then(dispatch);
    for (const handler of interceptors.response.handlers) if (handler) chain = chain.then(handler.fine, handler.failed);
    return chain;
  };
  const axios = (first, second) => request(first, second);
  for (const method of ['get', 'delete', 'head', 'options']) {
    axios[method] = (url, config) => request({ ...config, method, url });
  }
  for (const method of ['post', 'put', 'patch']) {
    axios[method] = (url, data, config) => request({ ...config, method, url, data });
    axios[method + 'Form'] = (url, data, config) =>
      request({ ...config, method, url, data, headers: { ...config?.headers, 'Content-Type': 'multipart/form-data' } });
  }
  return Object.assign(axios, {
    request,
    interceptors,
    defaults,
    getUri: (config) => addressOf(merged(axios.defaults, config)),
    create: (more) => create(merged(axios.defaults, more)),
  });
}

const axios = create({ headers: { common: {}, delete: {}, get: {}, head: {}, post: {}, put: {}, patch: {} }, timeout: 0 });

class CancelToken {
  constructor(executor) {
    this.promise = new Promise((resolve) => {
      executor((message) => {
        this.reason ??= new CanceledError(message);
        resolve(this.reason);
      });
    });
  }
  throwIfRequested() {
    if (this.reason) throw this.reason;
  }
  static source() {
    let cancel;
    const token = new CancelToken((inner) => (cancel = inner));
    return { token, cancel };
  }
}

module.exports = Object.assign(axios, {
  default: axios,
  axios,
  AxiosError,
  AxiosHeaders,
  CanceledError,
  Cancel: CanceledError,
  CancelToken,
  FormData,
  isAxiosError: (error) => error?.isAxiosError === true,
  isCancel: (error) => error?.__CANCEL__ === true,
  all: (promises) => Promise.all(promises),
  spread: (fn) => (list) => fn(...list),
  toFormData: (data, fields = new FormData()) => {
    for (const [name, value] of Object.entries(data)) fields.append(name, value);
    return fields;
  },
  VERSION: '1.0.0',
});
