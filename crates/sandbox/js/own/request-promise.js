// `request-promise` (and `-native`): the same, with promises and errors for what is not 2xx.

const request = require('request');

class RequestError extends Error {
  constructor(cause, options, response) {
    super(String(cause));
    this.name = 'RequestError';
    Object.assign(this, { cause, error: cause, options, response });
  }
}

class StatusCodeError extends Error {
  constructor(statusCode, body, options, response) {
    super(`${statusCode} - ${typeof body === 'string' ? JSON.stringify(body) : JSON.stringify(body ?? null)}`);
    this.name = 'StatusCodeError';
    Object.assign(this, { statusCode, error: body, options, response });
  }
}

class TransformError extends RequestError {
  constructor(cause, options, response) {
    super(cause, options, response);
    this.name = 'TransformError';
  }
}

function wrap(options, callback) {
  let resolve, reject;
  const promise = new Promise((fine, failed) => ([resolve, reject] = [fine, failed]));
  // Whoever gives a callback may not look at the promise at all.
  if (callback) promise.catch(() => {});
  const started = new request.Request(options, (error, response, body) => {
    callback?.(error, response, body);
    if (error) return reject(new RequestError(error, options));
    const fine = response.statusCode >= 200 && response.statusCode < 300;
    const result = options.resolveWithFullResponse ? response : body;
    if (!fine && options.simple !== false) return reject(new StatusCodeError(response.statusCode, body, options, response));
    if (typeof options.transform !== 'function') return resolve(result);
    Promise.resolve()
      .then(() => options.transform(body, response, options.resolveWithFullResponse))
      .then(resolve, (cause) => reject(new TransformError(cause, options, response)));
  });
  started.then = (fine, failed) => promise.then(fine, failed);
  started.catch = (failed) => promise.catch(failed);
  started.finally = (fn) => promise.finally(fn);
  started.promise = () => promise;
  return started;
}

module.exports = request._make(wrap);
module.exports.Request = request.Request;
module.exports.errors = { RequestError, StatusCodeError, TransformError };
