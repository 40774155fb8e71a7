// Node's `util`: showing values, old inheritance, promises out of callbacks.

const CUSTOM = Symbol.for('nodejs.util.promisify.custom');
const INSPECT = Symbol.for('nodejs.util.inspect.custom');
const MAX_ITEMS = 100;
const MAX_WIDTH = 72;

function inspect(value, options = {}, depth) {
  if (typeof options === 'boolean') options = { showHidden: options, depth };
  const limit = options?.depth === null ? Infinity : (options?.depth ?? 2);
  return show(value, { limit, level: 0, seen: [], top: false });
}
inspect.custom = INSPECT;
inspect.defaultOptions = {};

function quote(text) {
  const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') ? '`' : "'";
  const escaped = text.replace(/[\\\n\t\r\b\f\v]/g, (letter) => JSON.stringify(letter).slice(1, -1));
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark;
}

function show(value, at) {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return value + 'n';
    case 'symbol':
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'function':
      return showFunction(value, at);
    default:
      return value === null ? 'null' : showObject(value, at);
  }
}

function showFunction(value, at) {
  const kind = /^class\b/.test(Function.prototype.toString.call(value)) ? 'class' : 'Function';
  const head = value.name ? (kind === 'class' ? `[class ${value.name}]` : `[Function: ${value.name}]`) : `[${kind} (anonymous)]`;
  const keys = Object.keys(value);
  return keys.length && at.level <= at.limit ? wrap(head + ' ', '{', '}', entries(value, keys, at), at) : head;
}

function showObject(value, at) {
  if (at.seen.includes(value)) return '[Circular *1]';
  if (typeof value[INSPECT] === 'function') {
    const shown = value[INSPECT](at.limit - at.level, {}, inspect);
    return typeof shown === 'string' ? shown : show(shown, at);
  }
  const name = className(value);
  if (value instanceof Error) return showError(value, at);
  if (value instanceof RegExp) return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Promise) return 'Promise { <pending> }';
  for (const Box of [String, Number, Boolean]) {
    if (value instanceof Box) return `[${Box.name}: ${show(value.valueOf(), at)}]`;
  }
  if (at.level > at.limit) return Array.isArray(value) ? '[Array]' : `[${name || 'Object'}]`;
  const inner = { ...at, level: at.level + 1, seen: [...at.seen, value] };
  if (value instanceof Uint8Array && name === 'Buffer') {
    const bytes = [...value.subarray(0, 50)].map((byte) => byte.toString(16).padStart(2, '0'));
    return `<Buffer ${bytes.join(' ')}${value.length > 50 ? ` ... ${value.length - 50} more bytes` : ''}>`;
  }
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    const head = Array.isArray(value) ? (name === 'Array' ? '' : `${name}(${value.length}) `) : `${name}(${value.length}) `;
    const items = Array.from({ length: Math.min(value.length, MAX_ITEMS) }, (_, index) =>
      index in value ? show(value[index], inner) : '<1 empty item>',
    );
    if (value.length > MAX_ITEMS) items.push(`... ${value.length - MAX_ITEMS} more items`);
    const extra = Array.isArray(value) ? Object.keys(value).filter((key) => !/^\d+$/.test(key)) : [];
    return wrap(head, '[', ']', [...items, ...entries(value, extra, inner)], at);
  }
  if (value instanceof Map) {
    const items = [...value].slice(0, MAX_ITEMS).map(([key, item]) => `${show(key, inner)} => ${show(item, inner)}`);
    return wrap(`Map(${value.size}) `, '{', '}', items, at);
  }
  if (value instanceof Set) {
    return wrap(`Set(${value.size}) `, '{', '}', [...value].slice(0, MAX_ITEMS).map((item) => show(item, inner)), at);
  }
  const head = name === 'Object' ? '' : name ? name + ' ' : '[Object: null prototype] ';
  return wrap(head, '{', '}', entries(value, [...Object.keys(value), ...symbols(value)], inner), at);
}

function symbols(value) {
  return Object.getOwnPropertySymbols(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key));
}

function className(value) {
  for (let at = value; at; at = Object.getPrototypeOf(at)) {
    const maker = Object.getOwnPropertyDescriptor(at, 'constructor')?.value;
    if (typeof maker === 'function' && maker.name) return maker.name;
  }
  return '';
}

function showError(error, at) {
  const head = `${error.name}: ${error.message}`;
  const stack = String(error.stack ?? '').trimEnd();
  const text = !stack ? `[${head}]` : stack.startsWith(error.name) ? stack : `${head}\n${stack}`;
  const keys = Object.keys(error).filter((key) => key !== 'stack' && key !== 'message');
  if (error.cause !== undefined) keys.push('cause');
  return keys.length && at.level <= at.limit ? wrap(text + ' ', '{', '}', entries(error, keys, { ...at, level: at.level + 1, seen: [...at.seen, error] }), at) : text;
}

function entries(value, keys, at) {
  return keys.slice(0, MAX_ITEMS).map((key) => {
    const about = Object.getOwnPropertyDescriptor(value, key);
    const name = typeof key === 'symbol' ? `[${String(key)}]` : /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
    if (about?.get) return `${name}: ${about.set ? '[Getter/Setter]' : '[Getter]'}`;
    if (about?.set) return `${name}: [Setter]`;
    return `${name}: ${show(value[key], at)}`;
  });
}

function wrap(head, open, close, items, at) {
  if (!items.length) return head + open + close;
  const line = `${head}${open}${open === '[' ? ' ' : ' '}${items.join(', ')} ${close}`;
  if (line.length <= MAX_WIDTH && !line.includes('\n')) return line;
  const indent = '  '.repeat(at.level + 1);
  return `${head}${open}\n${indent}${items.join(`,\n${indent}`)}\n${'  '.repeat(at.level)}${close}`;
}

function format(first, ...rest) {
  if (typeof first !== 'string') return [first, ...rest].map((value) => (typeof value === 'string' ? value : inspect(value))).join(' ');
  const text = first.replace(/%[sdifjoOc%]/g, (sign) => {
    if (sign === '%%') return rest.length ? '%' : sign;
    if (!rest.length) return sign;
    const value = rest.shift();
    switch (sign) {
      case '%s':
        return typeof value === 'object' && value !== null ? inspect(value, { depth: 0 }) : typeof value === 'bigint' ? value + 'n' : String(value);
      case '%d':
        return typeof value === 'object' ? 'NaN' : typeof value === 'bigint' ? value + 'n' : String(Number(value));
      case '%i':
        return typeof value === 'object' ? 'NaN' : String(parseInt(value, 10));
      case '%f':
        return String(parseFloat(value));
      case '%j':
        try {
          return JSON.stringify(value);
        } catch {
          return '[Circular]';
        }
      case '%c':
        return '';
      default:
        return inspect(value, { depth: 4 });
    }
  });
  return [text, ...rest.map((value) => (typeof value === 'string' ? value : inspect(value)))].join(' ');
}

function promisify(fn) {
  if (typeof fn !== 'function') throw new TypeError('The "original" argument must be of type function.');
  if (fn[CUSTOM]) return fn[CUSTOM];
  if (fn === globalThis.setTimeout) return (ms, value) => new Promise((resolve) => setTimeout(() => resolve(value), ms));
  if (fn === globalThis.setImmediate) return (value) => new Promise((resolve) => setImmediate(() => resolve(value)));
  const promised = function (...args) {
    return new Promise((resolve, reject) => fn.call(this, ...args, (error, value) => (error ? reject(error) : resolve(value))));
  };
  Object.setPrototypeOf(promised, Object.getPrototypeOf(fn));
  return Object.defineProperties(promised, Object.getOwnPropertyDescriptors(fn));
}
promisify.custom = CUSTOM;

function callbackify(fn) {
  return function (...args) {
    const callback = args.pop();
    fn.apply(this, args).then(
      (value) => process.nextTick(callback, null, value),
      (error) => process.nextTick(callback, error ?? new Error('Promise was rejected with a falsy value')),
    );
  };
}

function inherits(child, parent) {
  Object.defineProperty(child, 'super_', { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(child.prototype, parent.prototype);
}

function isDeepStrictEqual(a, b, seen = []) {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (seen.some(([left, right]) => left === a && right === b)) return true;
  const inner = [...seen, [a, b]];
  if (a instanceof Date) return a.getTime() === b.getTime();
  if (a instanceof RegExp) return String(a) === String(b);
  if (a instanceof Error && (a.message !== b.message || a.name !== b.name)) return false;
  if (a instanceof Map) return a.size === b.size && [...a].every(([key, value]) => b.has(key) && isDeepStrictEqual(value, b.get(key), inner));
  if (a instanceof Set) return a.size === b.size && [...a].every((value) => b.has(value) || [...b].some((other) => isDeepStrictEqual(value, other, inner)));
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && isDeepStrictEqual(a[key], b[key], inner));
}

const tag = (name) => (value) => Object.prototype.toString.call(value) === `[object ${name}]`;
const AsyncFunction = (async () => {}).constructor;
const types = {
  isDate: (value) => value instanceof Date,
  isRegExp: (value) => value instanceof RegExp,
  isPromise: (value) => value instanceof Promise,
  isMap: (value) => value instanceof Map,
  isSet: (value) => value instanceof Set,
  isWeakMap: (value) => value instanceof WeakMap,
  isWeakSet: (value) => value instanceof WeakSet,
  isNativeError: (value) => value instanceof Error,
  isTypedArray: (value) => ArrayBuffer.isView(value) && !(value instanceof DataView),
  isUint8Array: (value) => value instanceof Uint8Array,
  isArrayBuffer: (value) => value instanceof ArrayBuffer,
  isAnyArrayBuffer: (value) => value instanceof ArrayBuffer,
  isArrayBufferView: ArrayBuffer.isView,
  isDataView: (value) => value instanceof DataView,
  isAsyncFunction: (value) => value instanceof AsyncFunction,
  isGeneratorFunction: tag('GeneratorFunction'),
  isGeneratorObject: tag('Generator'),
  isArgumentsObject: tag('Arguments'),
  isProxy: () => false,
  isBoxedPrimitive: (value) => [String, Number, Boolean].some((Box) => value instanceof Box),
};

module.exports = {
  inspect,
  format,
  promisify,
  callbackify,
  inherits,
  isDeepStrictEqual: (a, b) => isDeepStrictEqual(a, b),
  deprecate: (fn) => fn,
  debuglog: () => () => {},
  debug: () => () => {},
  log: (...args) => console.log(...args),
  types,
  isArray: Array.isArray,
  isBoolean: (value) => typeof value === 'boolean',
  isNull: (value) => value === null,
  isNullOrUndefined: (value) => value == null,
  isNumber: (value) => typeof value === 'number',
  isString: (value) => typeof value === 'string',
  isSymbol: (value) => typeof value === 'symbol',
  isUndefined: (value) => value === undefined,
  isRegExp: types.isRegExp,
  isObject: (value) => typeof value === 'object' && value !== null,
  isDate: types.isDate,
  isError: (value) => value instanceof Error,
  isFunction: (value) => typeof value === 'function',
  isPrimitive: (value) => value === null || !['object', 'function'].includes(typeof value),
  stripVTControlCharacters: (text) => text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, ''),
  toUSVString: (text) => String(text).toWellFormed(),
  get TextEncoder() {
    return globalThis.TextEncoder;
  },
  get TextDecoder() {
    return globalThis.TextDecoder;
  },
};
