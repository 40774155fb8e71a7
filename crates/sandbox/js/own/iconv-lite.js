// The `iconv-lite` package: Korean and Unicode by the host and Buffer, at once; all else by the package itself, whose
// tables take their time to load.

const { Buffer } = require('buffer');

const KOREAN = ['euckr', 'cp949', '949', 'uhc', 'ksc5601', 'ksc56011987', 'ksc56011989', 'csksc56011987', 'windows949', 'isoir149', 'korean'];
const UNICODE = { utf8: 'utf8', unicode11utf8: 'utf8', utf16le: 'utf16le', ucs2: 'utf16le', ascii: 'ascii', usascii: 'ascii', latin1: 'latin1', iso88591: 'latin1', binary: 'latin1', base64: 'base64', hex: 'hex' };

const canonical = (name) => String(name).toLowerCase().replace(/:\d{4}$|[^0-9a-z]/g, '');
const others = () => require('npm:iconv-lite');

function encode(text, name, options) {
  const known = canonical(name);
  if (options?.addBOM || (!KOREAN.includes(known) && !UNICODE[known])) return others().encode(text, name, options);
  if (KOREAN.includes(known)) return Buffer.from(host.encodeKorean(String(text)).buffer);
  return Buffer.from(String(text), UNICODE[known]);
}

function decode(bytes, name, options) {
  const known = canonical(name);
  if (!KOREAN.includes(known) && !UNICODE[known]) return others().decode(bytes, name, options);
  const buffer = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
  const text = KOREAN.includes(known) ? host.decodeKorean(buffer) : Buffer.from(buffer).toString(UNICODE[known]);
  const marked = options?.stripBOM !== false && known.startsWith('u') && text.charCodeAt(0) === 0xfeff;
  return marked ? text.slice(1) : text;
}

function encodingExists(name) {
  const known = canonical(name);
  return KOREAN.includes(known) || Boolean(UNICODE[known]) || others().encodingExists(name);
}

module.exports = { encode, decode, encodingExists, toEncoding: encode, fromEncoding: decode, _canonicalizeEncoding: canonical };
for (const name of ['getEncoder', 'getDecoder', 'getCodec', 'encodings', 'defaultCharUnicode', 'defaultCharSingleByte']) {
  Object.defineProperty(module.exports, name, { get: () => others()[name], enumerable: true });
}
