// Node's `crypto` over the host's functions. What Node streams is gathered here and done at the end.

const toBuffer = (value, encoding) => require('buffer').Buffer.from(value, encoding);

// Bytes or text for the host; text in another encoding becomes bytes first.
function data(value, encoding) {
  if (typeof value === 'string') return encoding && !/^utf-?8$/i.test(encoding) ? toBuffer(value, encoding) : value;
  if (value instanceof KeyObject) return data(value._bytes);
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  const error = new TypeError('The "data" argument must be of type string or an instance of Buffer, TypedArray, or DataView.');
  error.code = 'ERR_INVALID_ARG_TYPE';
  throw error;
}

function encoded(bytes, encoding) {
  if (encoding === 'hex' && bytes.toHex) return bytes.toHex();
  if (encoding === 'base64' && bytes.toBase64) return bytes.toBase64();
  const buffer = toBuffer(bytes.buffer);
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

function joined(parts) {
  if (parts.length === 1) return parts[0];
  if (parts.every((part) => typeof part === 'string')) return parts.join('');
  const { Buffer } = require('buffer');
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

const HASHES = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'];

function hashName(name) {
  const short = String(name).toLowerCase().replace(/^rsa-/, '').replace('-', '');
  if (HASHES.includes(short)) return short;
  throw new Error('Digest method not supported: ' + name);
}

class Digest {
  #parts = [];
  #finish;
  constructor(finish) {
    this.#finish = finish;
  }
  update(value, encoding) {
    if (!this.#finish) throw new Error('Digest already called');
    this.#parts.push(data(value, encoding));
    return this;
  }
  digest(encoding) {
    if (!this.#finish) throw new Error('Digest already called');
    const bytes = this.#finish(this.#parts.length ? joined(this.#parts) : '');
    this.#finish = undefined;
    return encoded(bytes, encoding);
  }
}

function createHash(name) {
  const hash = hashName(name);
  return new Digest((all) => host.digest(hash, all));
}

function createHmac(name, key) {
  const hash = hashName(name);
  const secret = data(key);
  return new Digest((all) => host.hmac(hash, secret, all));
}

function hash(name, value, encoding = 'hex') {
  return createHash(name).update(value).digest(encoding);
}

// ---- ciphers

class Cipher {
  #job;
  #mode;
  #key;
  #iv;
  #parts = [];
  #aad = '';
  #tag;
  #pad = true;
  constructor(job, name, key, iv) {
    const found = /^(?:id-)?aes-?(128|192|256)-(cbc|gcm)$/i.exec(name);
    if (!found) {
      const error = new Error('Unknown cipher');
      error.code = 'ERR_CRYPTO_UNKNOWN_CIPHER';
      throw error;
    }
    this.#job = job;
    this.#mode = found[2].toLowerCase();
    this.#key = toBuffer(data(key));
    this.#iv = toBuffer(data(iv));
    if (this.#key.length * 8 !== Number(found[1])) throw coded(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length');
    if (this.#iv.length !== (this.#mode === 'cbc' ? 16 : 12)) {
      throw coded(TypeError, 'ERR_CRYPTO_INVALID_IV', 'Invalid initialization vector');
    }
  }
  setAutoPadding(pad = true) {
    this.#pad = pad;
    return this;
  }
  setAAD(value) {
    this.#aad = data(value);
    return this;
  }
  setAuthTag(tag) {
    this.#tag = toBuffer(data(tag));
    return this;
  }
  getAuthTag() {
    return this.#tag;
  }
  // Everything comes with `final`; adding the two together, as everyone does, gives the same.
  update(value, from, to) {
    this.#parts.push(toBuffer(data(value, from)));
    return to && to !== 'buffer' ? '' : toBuffer('');
  }
  final(to) {
    const { Buffer } = require('buffer');
    const gcm = this.#mode === 'gcm';
    const mode = gcm || this.#pad ? this.#mode : 'cbc-nopad';
    const input = Buffer.concat(gcm && this.#job === 'decrypt' ? [...this.#parts, this.#tag ?? Buffer.alloc(0)] : this.#parts);
    let output = toBuffer(host.aes(`${this.#job}-${mode}`, this.#key, this.#iv, input, this.#aad).buffer);
    if (gcm && this.#job === 'encrypt') {
      this.#tag = output.subarray(output.length - 16);
      output = output.subarray(0, output.length - 16);
    }
    return to && to !== 'buffer' ? output.toString(to) : output;
  }
}

function coded(Type, code, message) {
  const error = new Type(message);
  error.code = code;
  return error;
}

// ---- chance

function randomBytes(count, callback) {
  const bytes = toBuffer(host.random(count).buffer);
  if (!callback) return bytes;
  process.nextTick(callback, null, bytes);
}

function randomFillSync(target, start = 0, count) {
  const view = new Uint8Array(target.buffer ?? target, target.byteOffset ?? 0, target.byteLength);
  view.set(host.random(count ?? view.length - start), start);
  return target;
}

function randomInt(low, high, callback) {
  if (typeof high !== 'number') [low, high, callback] = [0, low, high];
  const range = high - low;
  if (!(range > 0) || range > 2 ** 48) throw coded(RangeError, 'ERR_OUT_OF_RANGE', 'The range is out of range.');
  // Past the last whole multiple of the range some numbers would come more often.
  const whole = 2 ** 48 - (2 ** 48 % range);
  let drawn;
  do drawn = host.random(6).reduce((sum, byte) => sum * 256 + byte, 0);
  while (drawn >= whole);
  const value = low + (drawn % range);
  if (!callback) return value;
  process.nextTick(callback, null, value);
}

function randomUUID() {
  const bytes = host.random(16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function timingSafeEqual(a, b) {
  const [left, right] = [toBuffer(data(a)), toBuffer(data(b))];
  if (left.length !== right.length) {
    throw coded(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  }
  let different = 0;
  for (let at = 0; at < left.length; at++) different |= left[at] ^ right[at];
  return different === 0;
}

// ---- keys and signatures

class KeyObject {
  constructor(type, bytes) {
    this.type = type;
    Object.defineProperty(this, '_bytes', { value: bytes });
  }
  export() {
    return this._bytes;
  }
}

const pemOf = (key) => {
  if (key instanceof KeyObject) return String(key._bytes);
  return typeof key === 'object' && key.key ? pemOf(key.key) : typeof key === 'string' ? key : toBuffer(key).toString();
};
const rsaName = (name) => 'RS' + hashName(name).replace('sha', '');

class Signer {
  #parts = [];
  #name;
  constructor(name) {
    this.#name = rsaName(name);
  }
  update(value, encoding) {
    this.#parts.push(data(value, encoding));
    return this;
  }
  sign(key, encoding) {
    return encoded(host.sign(this.#name, pemOf(key), joined(this.#parts)), encoding);
  }
  verify(key, signature, encoding) {
    return host.verify(this.#name, pemOf(key), joined(this.#parts), data(signature, encoding));
  }
}

// PBKDF2 of RFC 8018, block by block; the script's time bounds the rounds.
function pbkdf2Sync(password, salt, rounds, length, name) {
  const { Buffer } = require('buffer');
  const hash = hashName(name);
  const secret = data(password);
  const blocks = [];
  for (let index = 1, made = 0; made < length; index++) {
    const counter = Buffer.from([index >>> 24, index >>> 16, index >>> 8, index]);
    let last = host.hmac(hash, secret, Buffer.concat([toBuffer(data(salt)), counter]));
    const block = Buffer.from(last);
    for (let round = 1; round < rounds; round++) {
      last = host.hmac(hash, secret, last);
      for (let at = 0; at < block.length; at++) block[at] ^= last[at];
    }
    blocks.push(block);
    made += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
}

module.exports = {
  createHash,
  createHmac,
  hash,
  createCipheriv: (name, key, iv) => new Cipher('encrypt', name, key, iv),
  createDecipheriv: (name, key, iv) => new Cipher('decrypt', name, key, iv),
  createSign: (name) => new Signer(name),
  createVerify: (name) => new Signer(name),
  sign: (name, value, key) => new Signer(name).update(value).sign(key),
  verify: (name, value, key, signature) => new Signer(name).update(value).verify(key, signature),
  createSecretKey: (key, encoding) => new KeyObject('secret', toBuffer(data(key, encoding))),
  createPrivateKey: (key) => new KeyObject('private', pemOf(key)),
  createPublicKey: (key) => new KeyObject('public', pemOf(key)),
  KeyObject,
  randomBytes,
  pseudoRandomBytes: randomBytes,
  randomFillSync,
  randomInt,
  randomUUID,
  timingSafeEqual,
  pbkdf2Sync,
  pbkdf2: (password, salt, rounds, length, name, callback) =>
    process.nextTick(() => callback(null, pbkdf2Sync(password, salt, rounds, length, name))),
  getHashes: () => [...HASHES],
  getCiphers: () => ['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'aes-128-gcm', 'aes-256-gcm'],
  webcrypto: { getRandomValues: (target) => randomFillSync(target), randomUUID },
  getRandomValues: (target) => randomFillSync(target),
};
