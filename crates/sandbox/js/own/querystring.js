// Node's `querystring`.

function escape(text) {
  return encodeURIComponent(String(text));
}

function unescape(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function primitive(value) {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  return typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : '';
}

function stringify(object, separator = '&', equals = '=', options = {}) {
  if (typeof object !== 'object' || object === null) return '';
  const encode = options?.encodeURIComponent ?? module.exports.escape;
  const pair = (key, value) => encode(key) + (equals || '=') + encode(primitive(value));
  return Object.keys(object)
    .flatMap((key) => (Array.isArray(object[key]) ? object[key].map((value) => pair(key, value)) : [pair(key, object[key])]))
    .join(separator || '&');
}

function parse(text, separator = '&', equals = '=', options = {}) {
  const out = Object.create(null);
  if (typeof text !== 'string' || text === '') return out;
  const decode = options?.decodeURIComponent ?? module.exports.unescape;
  const max = options?.maxKeys ?? 1000;
  const parts = text.split(separator || '&');
  for (const part of max > 0 ? parts.slice(0, max) : parts) {
    if (part === '') continue;
    const at = part.indexOf(equals || '=');
    const [key, value] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + (equals || '=').length)];
    const name = decode(key.replaceAll('+', ' '));
    const read = decode(value.replaceAll('+', ' '));
    if (!(name in out)) out[name] = read;
    else if (Array.isArray(out[name])) out[name].push(read);
    else out[name] = [out[name], read];
  }
  return out;
}

module.exports = { escape, unescape, stringify, parse, encode: stringify, decode: parse };
