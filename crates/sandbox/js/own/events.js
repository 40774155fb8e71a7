// Node's EventEmitter, as far as libraries and scripts use it.

class EventEmitter {
  static defaultMaxListeners = 10;
  static EventEmitter = EventEmitter;

  static listenerCount(emitter, name) {
    return emitter.listenerCount(name);
  }
  static once(emitter, name) {
    return new Promise((resolve, reject) => {
      const failed = (error) => {
        emitter.removeListener(name, heard);
        reject(error);
      };
      const heard = (...args) => {
        emitter.removeListener('error', failed);
        resolve(args);
      };
      emitter.once(name, heard);
      if (name !== 'error') emitter.once('error', failed);
    });
  }
}

// Methods stand on the prototype and make their own state: libraries inherit from this in the old way, without `super`.
const methods = {
  _all() {
    if (!Object.hasOwn(this, '_listeners')) {
      Object.defineProperty(this, '_listeners', { value: new Map(), configurable: true });
    }
    return this._listeners;
  },
  _add(name, listener, first, once) {
    if (typeof listener !== 'function') throw new TypeError('The "listener" argument must be of type function.');
    if (name !== 'newListener' && this._all().has('newListener')) this.emit('newListener', name, listener);
    const known = this._all().get(name) ?? [];
    const entry = { listener, once };
    this._all().set(name, first ? [entry, ...known] : [...known, entry]);
    return this;
  },
  on(name, listener) {
    return this._add(name, listener, false, false);
  },
  addListener(name, listener) {
    return this._add(name, listener, false, false);
  },
  once(name, listener) {
    return this._add(name, listener, false, true);
  },
  prependListener(name, listener) {
    return this._add(name, listener, true, false);
  },
  prependOnceListener(name, listener) {
    return this._add(name, listener, true, true);
  },
  removeListener(name, listener) {
    const known = this._all().get(name) ?? [];
    const at = known.findLastIndex((entry) => entry.listener === listener);
    if (at < 0) return this;
    const rest = known.toSpliced(at, 1);
    rest.length ? this._all().set(name, rest) : this._all().delete(name);
    if (this._all().has('removeListener')) this.emit('removeListener', name, listener);
    return this;
  },
  off(name, listener) {
    return this.removeListener(name, listener);
  },
  removeAllListeners(name) {
    name === undefined ? this._all().clear() : this._all().delete(name);
    return this;
  },
  emit(name, ...args) {
    const known = this._all().get(name) ?? [];
    if (!known.length && name === 'error') throw args[0] instanceof Error ? args[0] : new Error('Unhandled error. (' + args[0] + ')');
    for (const { listener, once } of known) {
      if (once) this.removeListener(name, listener);
      listener.apply(this, args);
    }
    return known.length > 0;
  },
  listeners(name) {
    return (this._all().get(name) ?? []).map((entry) => entry.listener);
  },
  rawListeners(name) {
    return this.listeners(name);
  },
  listenerCount(name) {
    return (this._all().get(name) ?? []).length;
  },
  eventNames() {
    return [...this._all().keys()];
  },
  setMaxListeners() {
    return this;
  },
  getMaxListeners() {
    return 0;
  },
};
for (const [name, value] of Object.entries(methods)) {
  Object.defineProperty(EventEmitter.prototype, name, { value, writable: true, configurable: true });
}

// `EventEmitter.call(this)` in old code: a class cannot be called, this can.
module.exports = new Proxy(EventEmitter, { apply: () => undefined });
module.exports.EventEmitter = module.exports;
