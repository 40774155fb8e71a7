// The small things of the web that an engine alone does not have.

class TextEncoder {
  get encoding() {
    return 'utf-8';
  }
  encode(text = '') {
    return host.encode(String(text));
  }
  encodeInto(text, target) {
    const bytes = host.encode(String(text)).subarray(0, target.length);
    target.set(bytes);
    return { read: text.length, written: bytes.length };
  }
}

const UTF8 = ['utf-8', 'utf8', 'unicode-1-1-utf-8'];
const OTHERS = { 'euc-kr': 'euc-kr', euckr: 'euc-kr', cp949: 'cp949', 'ks_c_5601-1987': 'cp949', 'utf-16le': 'utf-16le', latin1: 'latin1', 'iso-8859-1': 'latin1' };

class TextDecoder {
  constructor(label = 'utf-8', options = {}) {
    this.encoding = String(label).trim().toLowerCase();
    this.fatal = Boolean(options.fatal);
    this.ignoreBOM = Boolean(options.ignoreBOM);
    if (UTF8.includes(this.encoding)) this.encoding = 'utf-8';
    else if (!OTHERS[this.encoding]) throw new RangeError(`The "${label}" encoding is not supported`);
  }
  decode(input) {
    if (input === undefined) return '';
    const bytes = view(input);
    const text =
      this.encoding === 'utf-8'
        ? host.decode(bytes, this.fatal)
        : require('iconv-lite').decode(require('buffer').Buffer.from(bytes), OTHERS[this.encoding]);
    return !this.ignoreBOM && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }
}

function view(input) {
  if (input instanceof Uint8Array) return input;
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  return new Uint8Array(input);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function btoa(text) {
  const letters = String(text);
  let out = '';
  for (let at = 0; at < letters.length; at += 3) {
    const codes = [0, 1, 2].map((more) => letters.charCodeAt(at + more));
    if (codes.some((code) => code > 255)) throw invalid();
    const [a, b, c] = codes;
    out += ALPHABET[a >> 2] + ALPHABET[((a & 3) << 4) | (b >> 4)];
    out += at + 1 < letters.length ? ALPHABET[((b & 15) << 2) | (c >> 6)] : '=';
    out += at + 2 < letters.length ? ALPHABET[c & 63] : '=';
  }
  return out;
}

function atob(text) {
  const letters = String(text).replace(/[\t\n\f\r ]/g, '').replace(/={1,2}$/, '');
  if (letters.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(letters)) throw invalid();
  let out = '';
  let bits = 0;
  let held = 0;
  for (const letter of letters) {
    bits = (bits << 6) | ALPHABET.indexOf(letter);
    held += 6;
    if (held >= 8) {
      held -= 8;
      out += String.fromCharCode((bits >> held) & 255);
    }
    bits &= 0xffff;
  }
  return out;
}

function invalid() {
  const error = new Error('The string contains invalid characters');
  error.name = 'InvalidCharacterError';
  return error;
}

class Event {
  constructor(type, init = {}) {
    this.type = type;
    Object.assign(this, init);
    this.defaultPrevented = false;
  }
  preventDefault() {
    this.defaultPrevented = true;
  }
}

class EventTarget {
  #listeners = new Map();
  addEventListener(type, listener, options) {
    const known = this.#listeners.get(type) ?? [];
    known.push({ listener, once: Boolean(options?.once) });
    this.#listeners.set(type, known);
  }
  removeEventListener(type, listener) {
    const known = this.#listeners.get(type) ?? [];
    this.#listeners.set(type, known.filter((entry) => entry.listener !== listener));
  }
  dispatchEvent(event) {
    event.target = this;
    for (const { listener, once } of [...(this.#listeners.get(event.type) ?? [])]) {
      if (once) this.removeEventListener(event.type, listener);
      typeof listener === 'function' ? listener.call(this, event) : listener.handleEvent(event);
    }
    this['on' + event.type]?.(event);
    return !event.defaultPrevented;
  }
}

class AbortSignal extends EventTarget {
  aborted = false;
  reason = undefined;
  throwIfAborted() {
    if (this.aborted) throw this.reason;
  }
  static abort(reason) {
    const controller = new AbortController();
    controller.abort(reason);
    return controller.signal;
  }
  static timeout(ms) {
    const controller = new AbortController();
    setTimeout(() => controller.abort(named('TimeoutError', 'The operation was aborted due to timeout')), ms);
    return controller.signal;
  }
}

class AbortController {
  signal = new AbortSignal();
  abort(reason = named('AbortError', 'This operation was aborted')) {
    if (this.signal.aborted) return;
    this.signal.aborted = true;
    this.signal.reason = reason;
    this.signal.dispatchEvent(new Event('abort'));
  }
}

function named(name, message) {
  const error = new Error(message);
  error.name = name;
  return error;
}

// What JSON cannot: dates, maps, sets, typed arrays, cycles.
function structuredClone(value, seen = new Map()) {
  if (typeof value === 'function' || typeof value === 'symbol') {
    throw named('DataCloneError', `${String(value)} could not be cloned.`);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (!(seen instanceof Map)) seen = new Map();
  if (seen.has(value)) return seen.get(value);
  const keep = (copy) => (seen.set(value, copy), copy);
  if (value instanceof Date) return keep(new Date(value.getTime()));
  if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags));
  if (value instanceof ArrayBuffer) return keep(value.slice(0));
  if (ArrayBuffer.isView(value)) return keep(value.slice ? value.slice() : new DataView(value.buffer.slice(0)));
  if (value instanceof Map) {
    const copy = keep(new Map());
    for (const [key, inner] of value) copy.set(structuredClone(key, seen), structuredClone(inner, seen));
    return copy;
  }
  if (value instanceof Set) {
    const copy = keep(new Set());
    for (const inner of value) copy.add(structuredClone(inner, seen));
    return copy;
  }
  if (value instanceof Error) {
    const copy = keep(named(value.name, value.message));
    copy.stack = value.stack;
    return copy;
  }
  const copy = keep(Array.isArray(value) ? new Array(value.length) : {});
  for (const key of Object.keys(value)) copy[key] = structuredClone(value[key], seen);
  return copy;
}

module.exports = { TextEncoder, TextDecoder, atob, btoa, Event, EventTarget, AbortSignal, AbortController, structuredClone };
