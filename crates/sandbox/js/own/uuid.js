// The `uuid` package's functions, old ways of calling included.

const NIL = '00000000-0000-0000-0000-000000000000';
const MAX = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const FORM = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|0{8}-0{4}-0{4}-0{4}-0{12}|f{8}-f{4}-f{4}-f{4}-f{12})$/i;
// From the calendar reform to 1970, in units of 100 ns.
const GREGORIAN = 122192928000000000n;

const validate = (text) => typeof text === 'string' && FORM.test(text);

function stringify(bytes, at = 0) {
  const hex = Array.from(bytes.slice(at, at + 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function parse(text) {
  if (!validate(text)) throw new TypeError('Invalid UUID');
  return Uint8Array.from(text.replaceAll('-', '').match(/../g), (pair) => parseInt(pair, 16));
}

function marked(bytes, version) {
  bytes[6] = (bytes[6] & 0x0f) | (version << 4);
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes;
}

function given(bytes, into, at = 0) {
  if (!into) return stringify(bytes);
  bytes.forEach((byte, index) => (into[at + index] = byte));
  return into;
}

const drawn = (options) => Uint8Array.from(options?.random ?? options?.rng?.() ?? host.random(16));

function v4(options, into, at) {
  return given(marked(drawn(options), 4), into, at);
}

function v7(options, into, at) {
  const bytes = drawn(options);
  let ms = options?.msecs ?? Date.now();
  for (let index = 5; index >= 0; index--, ms = Math.floor(ms / 256)) bytes[index] = ms % 256;
  return given(marked(bytes, 7), into, at);
}

let node;
let lastMs = 0;
let inMs = 0;

function v1(options, into, at) {
  const bytes = drawn(options);
  const ms = options?.msecs ?? Date.now();
  inMs = ms === lastMs ? inMs + 1 : 0;
  lastMs = ms;
  const time = BigInt(ms) * 10000n + BigInt(options?.nsecs ?? inMs) + GREGORIAN;
  const byte = (shift) => Number((time >> BigInt(shift)) & 255n);
  bytes.set([byte(24), byte(16), byte(8), byte(0), byte(40), byte(32), byte(56) & 0x0f, byte(48)]);
  // A made-up machine, marked as such by the multicast bit.
  node ??= host.random(6).map((value, index) => (index ? value : value | 1));
  bytes.set(options?.node ?? node, 10);
  return given(marked(bytes, 1), into, at);
}

function named(version, hash) {
  const make = (name, namespace, into, at) => {
    const space = typeof namespace === 'string' ? parse(namespace) : Uint8Array.from(namespace ?? []);
    if (space.length !== 16) throw new TypeError('Namespace must be array-like (16 iterable integer values, 0-255)');
    const text = typeof name === 'string' ? host.encode(name) : Uint8Array.from(name);
    const all = new Uint8Array(16 + text.length);
    all.set(space);
    all.set(text, 16);
    return given(marked(Uint8Array.from(host.digest(hash, all).subarray(0, 16)), version), into, at);
  };
  return Object.assign(make, {
    DNS: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
    URL: '6ba7b811-9dad-11d1-80b4-00c04fd430c8',
  });
}

const version = (text) => {
  if (!validate(text)) throw new TypeError('Invalid UUID');
  return parseInt(text[14], 16);
};

module.exports = Object.assign((...args) => v4(...args), { v1, v3: named(3, 'md5'), v4, v5: named(5, 'sha1'), v7, NIL, MAX, validate, version, parse, stringify });
