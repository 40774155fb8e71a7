// Node's surroundings for one script, and the functions by which the worker drives it.
//
// A file of this folder is the body of a function (require, module, exports, host); the script that is run never sees
// `host`. What the engine's own objects are called with is taken here, before the script can change it: a script that
// breaks them breaks its own call and nothing else, and its call still ends.

const { Promise, Error, TypeError, Map, Object, Array, String, Number, Math, Symbol, Reflect } = globalThis;
const call = Reflect.apply;
const then = Promise.prototype.then;
const later = Promise.resolve();
const noop = () => {};

// Names that are not their file's.
const ALIASES = {
  'request-promise-native': 'request-promise',
  'csv-parse/lib/sync': 'csv-parse/sync',
};

// ---- require

function makeRequire(host) {
  const loaded = new Map();
  const requireInner = (wanted) => {
    const name = Object.hasOwn(ALIASES, wanted) ? ALIASES[wanted] : wanted;
    if (loaded.has(name)) return loaded.get(name).exports;
    let part;
    if ((part = within(name, 'lodash/'))) {
      const found = requireInner('lodash')[part];
      if (found === undefined) throw notOffered(wanted);
      return found;
    }
    if ((part = within(name, 'uuid/'))) return requireInner('uuid')[part];
    const isOther = name.startsWith('npm:');
    let factory = isOther ? undefined : host.load('own:' + name);
    const given = factory ? host : undefined;
    factory ??= host.load(isOther ? name : 'npm:' + name);
    if (!factory) {
      const missing = isOther ? name.slice(4) : name;
      throw libraryError(
        `이 빌드에는 '${missing}' 라이브러리가 들어 있지 않아요. 'cargo xtask js'로 라이브러리를 만든 뒤 다시 빌드해 주세요. ` +
          `This build has no library '${missing}': 'cargo xtask js' makes the libraries; build again after it.`,
      );
    }
    const module = { exports: {}, id: name, filename: name, loaded: false };
    loaded.set(name, module);
    call(factory, module.exports, [(inner) => requireInner(bare(inner)), module, module.exports, given]);
    module.loaded = true;
    return module.exports;
  };
  const require = (wanted) => {
    if (typeof wanted !== 'string') throw new TypeError('The "id" argument must be of type string.');
    if (!host.offers(wanted)) throw notOffered(wanted);
    return requireInner(bare(wanted));
  };
  const notOffered = (wanted) =>
    libraryError(
      `'${wanted}' 라이브러리는 쓸 수 없어요. The library '${wanted}' is not offered. ` +
        `쓸 수 있는 것(offered): ${host.offered().join(', ')}`,
    );
  require.resolve = (name) => name;
  require.cache = {};
  return { require, requireInner };
}

function within(name, prefix) {
  return name.startsWith(prefix) ? name.slice(prefix.length) : '';
}

function bare(name) {
  return name.startsWith('node:') ? name.slice(5) : name.endsWith('/') ? name.slice(0, -1) : name;
}

function libraryError(message) {
  const error = new Error(message);
  error.name = 'LibraryError';
  error.code = 'MODULE_NOT_FOUND';
  return error;
}

const { require: requireOuter, requireInner } = makeRequire(host);

// ---- how a call ends

const succeed = (value) => host.settle(true, value);
const fail = (error) => host.settle(false, error);

function guarded(fn, args) {
  try {
    call(fn, undefined, args);
  } catch (error) {
    fail(error);
  }
}

function micro(fn, args) {
  call(then, later, [() => guarded(fn, args)]);
}

// ---- timers: sorted by time, then by order of making

const timers = [];
const byId = new Map();
let nextId = 1;
// Inside a callback of one of these, time stands still, so that a timer which sets itself again cannot keep `due`.
const MIN_MS = 1;

class Timeout {
  constructor(id) {
    this._id = id;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  hasRef() {
    return true;
  }
  refresh() {
    return this;
  }
  close() {
    clear(this);
  }
  [Symbol.toPrimitive]() {
    return this._id;
  }
}

function insert(timer) {
  let low = 0;
  let high = timers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timers[middle].due <= timer.due) low = middle + 1;
    else high = middle;
  }
  timers.splice(low, 0, timer);
}

function schedule(fn, ms, args, repeat) {
  if (typeof fn !== 'function') {
    const error = new TypeError('The "callback" argument must be of type function. Received ' + typeof fn);
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  }
  const wait = Math.min(Math.max(Number(ms) || 0, MIN_MS), 0x7fffffff);
  const handle = new Timeout(nextId++);
  const timer = { id: handle._id, due: host.now() + wait, fn, args, every: repeat ? wait : 0, dead: false };
  byId.set(timer.id, timer);
  insert(timer);
  return handle;
}

function clear(handle) {
  const id = typeof handle === 'object' && handle !== null ? handle._id : Number(handle);
  const timer = byId.get(id);
  if (!timer) return;
  timer.dead = true;
  byId.delete(id);
  const at = timers.indexOf(timer);
  if (at >= 0) timers.splice(at, 1);
}

const immediates = [];

function setImmediate(fn, ...args) {
  const handle = new Timeout(nextId++);
  const timer = { id: handle._id, fn, args, dead: false };
  byId.set(timer.id, timer);
  immediates.push(timer);
  return handle;
}

// Runs one timer that is due, and gives -2. Else the milliseconds until the next one, -1 if there is none.
function due() {
  const now = host.now();
  let timer = immediates.shift();
  while (timer?.dead) timer = immediates.shift();
  if (!timer && timers.length && timers[0].due <= now) timer = timers.shift();
  if (timer) {
    if (timer.every) {
      timer.due = host.now() + timer.every;
      insert(timer);
    } else {
      byId.delete(timer.id);
    }
    guarded(timer.fn, timer.args);
    return -2;
  }
  return timers.length ? Math.max(timers[0].due - host.now(), 0) : -1;
}

// ---- questions to the world

const waiting = new Map();
let nextQuestion = 1;

// `done(failure)` or `done(undefined, { status, reason, headers: [[name, value]], url }, bytes, text)`, the last two functions.
host.send = (request, body, done) => {
  const id = nextQuestion++;
  waiting.set(id, done);
  try {
    host.ask(id, JSON_stringify(request), body);
  } catch (error) {
    waiting.delete(id);
    throw error;
  }
  return id;
};
const JSON_stringify = JSON.stringify;

function reply(id, fine, head, bytes, text) {
  host.answered();
  const done = waiting.get(id);
  if (!done) return;
  waiting.delete(id);
  if (fine) return guarded(done, [undefined, head, bytes, text]);
  const error = new Error(head.message);
  error.name = head.name;
  if (head.code) error.code = error.errno = head.code;
  guarded(done, [error]);
}

// ---- globals

function define(name, value) {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
}

// Made when they are first asked for: most scripts want none of them.
function lazy(name, make) {
  Object.defineProperty(globalThis, name, {
    get() {
      const value = make();
      define(name, value);
      return value;
    },
    set(value) {
      define(name, value);
    },
    configurable: true,
    enumerable: false,
  });
}

function write(level) {
  return (...args) => {
    const simple = args.every((arg) => typeof arg === 'string') && !(args.length > 1 && args[0].includes('%'));
    host.log(level, simple ? args.join(' ') : requireInner('util').format(...args));
  };
}

const console = {
  log: write('log'),
  info: write('info'),
  warn: write('warn'),
  error: write('error'),
  debug: write('debug'),
  trace: write('debug'),
  dir: (value) => console.log(value),
  table: (value) => console.log(value),
  assert: (fine, ...args) => fine || console.error('Assertion failed', ...args),
  group: write('log'),
  groupEnd: noop,
  time: noop,
  timeEnd: noop,
  timeLog: noop,
  count: noop,
};

const process = {
  env: {},
  argv: ['node', 'script.js'],
  execArgv: [],
  pid: 1,
  platform: 'linux',
  arch: 'x64',
  version: 'v20.0.0',
  versions: { node: '20.0.0' },
  release: { name: 'node' },
  title: 'closer',
  browser: false,
  cwd: () => '/',
  nextTick: (fn, ...args) => micro(fn, args),
  uptime: () => host.now() / 1000,
  hrtime: Object.assign(
    (since) => {
      const ms = host.now();
      const at = [Math.floor(ms / 1000), Math.floor((ms % 1000) * 1e6)];
      if (!since) return at;
      const nanos = at[1] - since[1];
      return nanos < 0 ? [at[0] - since[0] - 1, nanos + 1e9] : [at[0] - since[0], nanos];
    },
    { bigint: () => BigInt(Math.floor(host.now() * 1e6)) },
  ),
  memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0 }),
  exit: () => {
    const error = new Error('process.exit은 스크립트에서 쓸 수 없어요. process.exit is not available to scripts.');
    error.name = 'NotAllowedError';
    fail(error);
    throw error;
  },
  emitWarning: (warning) => console.warn(String(warning)),
  stdout: { write: (text) => (host.log('log', String(text)), true), isTTY: false },
  stderr: { write: (text) => (host.log('error', String(text)), true), isTTY: false },
};
for (const name of ['on', 'once', 'off', 'addListener', 'removeListener', 'removeAllListeners', 'emit']) {
  process[name] = () => process;
}

define('global', globalThis);
define('console', console);
define('process', process);
define('setTimeout', (fn, ms, ...args) => schedule(fn, ms, args, false));
define('setInterval', (fn, ms, ...args) => schedule(fn, ms, args, true));
define('setImmediate', setImmediate);
define('clearTimeout', clear);
define('clearInterval', clear);
define('clearImmediate', clear);
define('queueMicrotask', (fn) => micro(fn, []));
for (const name of ['Buffer']) lazy(name, () => requireInner('buffer').Buffer);
for (const name of ['URL', 'URLSearchParams']) lazy(name, () => requireInner('url')[name]);
for (const name of ['fetch', 'Headers', 'Request', 'Response', 'FormData']) {
  lazy(name, () => (name === 'fetch' ? requireInner('node-fetch') : requireInner('node-fetch')[name]));
}
for (const name of ['TextEncoder', 'TextDecoder', 'AbortController', 'AbortSignal', 'Event', 'EventTarget', 'structuredClone']) {
  lazy(name, () => requireInner('web')[name]);
}
for (const name of ['atob', 'btoa']) if (!globalThis[name]) lazy(name, () => requireInner('web')[name]);
lazy('crypto', () => requireInner('crypto').webcrypto);
lazy('Intl', () => requireInner('intl').Intl);

// The engine's own ignore the locale. Assigning keeps them as they are in every other way.
function localized(type, names) {
  for (const name of names) {
    Object.defineProperty(type.prototype, name, {
      value: function (locale, options) {
        return requireInner('intl')[type === Number ? 'number' : name](this, locale, options);
      },
      writable: true,
      configurable: true,
      enumerable: false,
    });
  }
}
localized(Number, ['toLocaleString']);
localized(Date, ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString']);

// ---- the call

function run(script, context) {
  const module = { exports: {}, id: '.', filename: 'script.js', loaded: false, require: requireOuter };
  requireOuter.main = module;
  call(script, module.exports, [module.exports, requireOuter, module, 'script.js', '/']);
  let handler = module.exports;
  if (typeof handler !== 'function') handler = handler?.default ?? handler?.handler;
  if (typeof handler !== 'function') {
    const error = new Error(
      'module.exports에 함수를 넣어 주세요. ' +
        'The script has no handler: module.exports = function (context, callback) { … } is needed.',
    );
    error.name = 'HandlerError';
    throw error;
  }
  const callback = (error, value) => (error ? fail(error) : succeed(value));
  const takesCallback = handler.length > 1;
  const returned = call(handler, module.exports, [context, callback]);
  const follow = returned?.then;
  // An async function that leaves the answer to its callback gives undefined first: that is no answer yet.
  const resolved = (value) => (value === undefined && takesCallback ? (hasReturned = true) : succeed(value));
  if (typeof follow === 'function') call(follow, returned, [resolved, fail]);
  else if (returned !== undefined && !takesCallback) succeed(returned);
}

let hasReturned = false;

// Nothing is under way any more.
function idle() {
  if (hasReturned) succeed(undefined);
}

return { run, due, reply, idle };
