// Node's `assert`.

const { inspect, isDeepStrictEqual } = require('util');

class AssertionError extends Error {
  constructor({ message, actual, expected, operator }) {
    super(message ?? `${inspect(actual)} ${operator} ${inspect(expected)}`);
    this.name = 'AssertionError';
    this.code = 'ERR_ASSERTION';
    Object.assign(this, { actual, expected, operator });
  }
}

function check(fine, message, actual, expected, operator) {
  if (fine) return;
  if (message instanceof Error) throw message;
  throw new AssertionError({ message, actual, expected, operator });
}

function loose(a, b) {
  if (a == b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => loose(a[key], b[key]));
}

function fits(error, expected) {
  if (expected === undefined) return true;
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected === 'function') {
    if (expected.prototype !== undefined && error instanceof expected) return true;
    return Object.prototype.isPrototypeOf.call(Error, expected) ? false : expected.call({}, error) === true;
  }
  return Object.keys(expected).every((key) =>
    expected[key] instanceof RegExp ? expected[key].test(error[key]) : isDeepStrictEqual(error[key], expected[key]),
  );
}

const assert = (value, message) => check(value, message ?? 'The expression evaluated to a falsy value', value, true, '==');
module.exports = Object.assign(assert, {
  AssertionError,
  ok: (value, message) => assert(value, message),
  equal: (a, b, message) => check(a == b, message, a, b, '=='),
  notEqual: (a, b, message) => check(a != b, message, a, b, '!='),
  strictEqual: (a, b, message) => check(Object.is(a, b), message, a, b, '==='),
  notStrictEqual: (a, b, message) => check(!Object.is(a, b), message, a, b, '!=='),
  deepEqual: (a, b, message) => check(loose(a, b), message, a, b, 'deepEqual'),
  notDeepEqual: (a, b, message) => check(!loose(a, b), message, a, b, 'notDeepEqual'),
  deepStrictEqual: (a, b, message) => check(isDeepStrictEqual(a, b), message, a, b, 'deepStrictEqual'),
  notDeepStrictEqual: (a, b, message) => check(!isDeepStrictEqual(a, b), message, a, b, 'notDeepStrictEqual'),
  match: (text, pattern, message) => check(pattern.test(text), message, text, pattern, 'match'),
  doesNotMatch: (text, pattern, message) => check(!pattern.test(text), message, text, pattern, 'doesNotMatch'),
  fail: (message) => check(false, message ?? 'Failed', undefined, undefined, 'fail'),
  ifError: (error) => {
    if (error != null) throw error;
  },
  throws(fn, expected, message) {
    try {
      fn();
    } catch (error) {
      return check(fits(error, typeof expected === 'string' ? undefined : expected), message, error, expected, 'throws');
    }
    check(false, message ?? 'Missing expected exception.', undefined, expected, 'throws');
  },
  doesNotThrow: (fn) => fn(),
  async rejects(promise, expected, message) {
    try {
      await (typeof promise === 'function' ? promise() : promise);
    } catch (error) {
      return check(fits(error, typeof expected === 'string' ? undefined : expected), message, error, expected, 'rejects');
    }
    check(false, message ?? 'Missing expected rejection.', undefined, expected, 'rejects');
  },
});
assert.strict = assert;
