// The `jsonwebtoken` package's functions: HS256–512, RS256–512, ES256 and ES384.

const { Buffer } = require('buffer');
const { createHmac, timingSafeEqual } = require('crypto');

class JsonWebTokenError extends Error {
  constructor(message, inner) {
    super(message);
    this.name = 'JsonWebTokenError';
    if (inner) this.inner = inner;
  }
}
class TokenExpiredError extends JsonWebTokenError {
  constructor(message, expiredAt) {
    super(message);
    this.name = 'TokenExpiredError';
    this.expiredAt = expiredAt;
  }
}
class NotBeforeError extends JsonWebTokenError {
  constructor(message, date) {
    super(message);
    this.name = 'NotBeforeError';
    this.date = date;
  }
}

const SYMMETRIC = ['HS256', 'HS384', 'HS512'];
const ASYMMETRIC = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384'];
const UNITS = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400, w: 604800, y: 31557600 };

const base64url = (value) => Buffer.from(value).toString('base64').replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
const bytesOf = (text) => Buffer.from(text.replaceAll('-', '+').replaceAll('_', '/'), 'base64');
const pem = (key) => (typeof key === 'object' && key?.key && !Buffer.isBuffer(key) ? pem(key.key) : key?._bytes ? String(key._bytes) : String(key));

// Seconds of `60`, `'60'` (milliseconds, as the package has it), `'2h'`, `'7 days'`.
function seconds(span) {
  if (typeof span === 'number') return span;
  const found = /^(-?\d*\.?\d+)\s*(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|y|yrs?|years?)?$/i.exec(String(span));
  if (!found) return NaN;
  const word = (found[2] ?? 'ms').toLowerCase();
  const unit = word === 'ms' || word.startsWith('milli') ? 'ms' : word[0];
  return Math.floor(Number(found[1]) * UNITS[unit]);
}

function signature(algorithm, key, text) {
  if (SYMMETRIC.includes(algorithm)) return createHmac('sha' + algorithm.slice(2), key).update(text).digest();
  if (ASYMMETRIC.includes(algorithm)) return Buffer.from(host.sign(algorithm, pem(key), text).buffer);
  throw new JsonWebTokenError(`"algorithm" must be one of ${[...SYMMETRIC, ...ASYMMETRIC].join(', ')}`);
}

function sign(payload, key, options = {}, callback) {
  if (typeof options === 'function') [options, callback] = [{}, options];
  return finish(callback, () => {
    const algorithm = options.algorithm ?? 'HS256';
    if (algorithm === 'none') return `${base64url(JSON.stringify({ alg: 'none', typ: 'JWT' }))}.${base64url(JSON.stringify(payload))}.`;
    if (!key) throw new Error('secretOrPrivateKey must have a value');
    const isText = typeof payload === 'string' || Buffer.isBuffer(payload);
    const header = { alg: algorithm, ...(isText ? {} : { typ: 'JWT' }), ...(options.keyid ? { kid: options.keyid } : {}), ...options.header };
    let body = payload;
    if (!isText) {
      body = options.mutatePayload ? payload : { ...payload };
      const now = body.iat ?? Math.floor(Date.now() / 1000);
      if (options.noTimestamp) delete body.iat;
      else body.iat = now;
      for (const [option, claim] of [['expiresIn', 'exp'], ['notBefore', 'nbf']]) {
        if (options[option] === undefined) continue;
        const span = seconds(options[option]);
        if (Number.isNaN(span)) throw new Error(`"${option}" should be a number of seconds or string representing a timespan`);
        if (body[claim] !== undefined) throw new Error(`Bad "options.${option}" option the payload already has an "${claim}" property.`);
        body[claim] = now + span;
      }
      for (const [option, claim] of [['audience', 'aud'], ['issuer', 'iss'], ['subject', 'sub'], ['jwtid', 'jti']]) {
        if (options[option] !== undefined) body[claim] = options[option];
      }
    }
    const text = `${base64url(JSON.stringify(header))}.${base64url(isText ? body : JSON.stringify(body))}`;
    return `${text}.${base64url(signature(header.alg, key, text))}`;
  });
}

function decode(token, options = {}) {
  const [head, body, signed] = String(token).split('.');
  try {
    const header = JSON.parse(bytesOf(head).toString());
    const text = bytesOf(body).toString();
    let payload = text;
    try {
      payload = JSON.parse(text);
    } catch {
      // A payload of plain text is allowed.
    }
    return options?.complete ? { header, payload, signature: signed } : payload;
  } catch {
    return null;
  }
}

function matches(signed, algorithm, key, text) {
  const found = bytesOf(signed);
  if (!SYMMETRIC.includes(algorithm)) return host.verify(algorithm, pem(key), text, found);
  const wanted = signature(algorithm, key, text);
  return wanted.length === found.length && timingSafeEqual(wanted, found);
}

const has = (wanted, found) => [wanted].flat().some((want) => [found].flat().some((one) => (want instanceof RegExp ? want.test(one) : want === one)));

function verify(token, key, options = {}, callback) {
  if (typeof options === 'function') [options, callback] = [{}, options];
  if (typeof key === 'function') {
    if (!callback) throw new JsonWebTokenError('verify must be called asynchronous if secret or public key is provided as a callback');
    return key(decode(token, { complete: true })?.header, (error, found) => (error ? callback(error) : verify(token, found, options, callback)));
  }
  return finish(callback, () => {
    if (!token) throw new JsonWebTokenError('jwt must be provided');
    if (typeof token !== 'string') throw new JsonWebTokenError('jwt must be a string');
    const parts = token.split('.');
    if (parts.length !== 3) throw new JsonWebTokenError('jwt malformed');
    const read = decode(token, { complete: true });
    if (!read) throw new JsonWebTokenError('invalid token');
    if (!parts[2]) throw new JsonWebTokenError('jwt signature is required');
    if (!key) throw new JsonWebTokenError('secret or public key must be provided');
    const isPem = /-----BEGIN/.test(pem(key));
    const allowed = options.algorithms ?? (isPem ? ASYMMETRIC : SYMMETRIC);
    if (!allowed.includes(read.header.alg)) throw new JsonWebTokenError('invalid algorithm');
    // A public key as the secret of an HMAC is the oldest trick against this format.
    if (isPem && SYMMETRIC.includes(read.header.alg)) throw new JsonWebTokenError('invalid algorithm');
    if (!matches(parts[2], read.header.alg, key, `${parts[0]}.${parts[1]}`)) throw new JsonWebTokenError('invalid signature');
    const { payload } = read;
    const now = options.clockTimestamp ?? Math.floor(Date.now() / 1000);
    const slack = options.clockTolerance ?? 0;
    if (payload.nbf !== undefined && !options.ignoreNotBefore) {
      if (typeof payload.nbf !== 'number') throw new JsonWebTokenError('invalid nbf value');
      if (payload.nbf > now + slack) throw new NotBeforeError('jwt not active', new Date(payload.nbf * 1000));
    }
    if (payload.exp !== undefined && !options.ignoreExpiration) {
      if (typeof payload.exp !== 'number') throw new JsonWebTokenError('invalid exp value');
      if (now >= payload.exp + slack) throw new TokenExpiredError('jwt expired', new Date(payload.exp * 1000));
    }
    for (const [option, claim, word] of [['audience', 'aud', 'audience'], ['issuer', 'iss', 'issuer'], ['subject', 'sub', 'subject'], ['jwtid', 'jti', 'jwtid']]) {
      if (options[option] && !has(options[option], payload[claim])) {
        throw new JsonWebTokenError(`jwt ${word} invalid. expected: ${[options[option]].flat().join(' or ')}`);
      }
    }
    if (options.maxAge) {
      if (typeof payload.iat !== 'number') throw new JsonWebTokenError('iat required when maxAge is specified');
      const ends = payload.iat + seconds(options.maxAge);
      if (now >= ends + slack) throw new TokenExpiredError('maxAge exceeded', new Date(ends * 1000));
    }
    return options.complete ? read : payload;
  });
}

function finish(callback, work) {
  if (!callback) return work();
  let value;
  try {
    value = work();
  } catch (error) {
    return void process.nextTick(callback, error);
  }
  process.nextTick(callback, null, value);
}

module.exports = { sign, verify, decode, JsonWebTokenError, TokenExpiredError, NotBeforeError };
