// As much of `Intl` and `toLocaleString` as Korean scripts use: numbers in groups of three, money in won and a few
// others, per cent, compact 만/억; dates and times in Korean and English, in the local zone, Asia/Seoul or UTC.
// Other locales are written as English; another time zone is a RangeError that says so.

const isKorean = (locale) => String([locale].flat()[0] ?? 'en-US').toLowerCase().startsWith('ko');
const localeOf = (locale) => String([locale].flat()[0] ?? 'en-US');

const SYMBOLS = { KRW: '₩', USD: '$', JPY: '¥', CNY: 'CN¥', EUR: '€', GBP: '£' };
const WHOLE = ['KRW', 'JPY', 'VND'];
const UNITS = [[1e12, '조'], [1e8, '억'], [1e4, '만'], [1e3, '천']];
const SHORT = [[1e12, 'T'], [1e9, 'B'], [1e6, 'M'], [1e3, 'K']];

function grouped(digits) {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

// Half away from zero on the decimal digits, as Intl rounds, not on the binary value.
function rounded(value, places) {
  const shifted = Number(value + 'e' + places);
  if (!Number.isFinite(shifted) || /e/.test(String(value))) return value.toFixed(places);
  return Number(Math.round(shifted) + 'e-' + places).toFixed(places);
}

function decimals(value, least, most, useGrouping) {
  let [whole, fraction = ''] = rounded(Math.abs(value), most).split('.');
  while (fraction.length > least && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  if (useGrouping) whole = grouped(whole);
  return whole + (fraction ? '.' + fraction : '');
}

function significant(value, most) {
  const precise = Number(Math.abs(value).toPrecision(most));
  const [whole, fraction = ''] = precise.toFixed(Math.max(0, most - 1 - Math.floor(Math.log10(precise || 1)))).split('.');
  const kept = fraction.replace(/0+$/, '');
  return grouped(whole) + (kept ? '.' + kept : '');
}

function number(given, locale, options = {}) {
  if (typeof given === 'bigint' || (typeof given === 'object' && typeof given.valueOf() === 'bigint')) return grouped(String(given)).replace(/^-,/, '-');
  const value = Number(given);
  if (Number.isNaN(value)) return 'NaN';
  const style = options.style ?? 'decimal';
  const currency = options.currency?.toUpperCase();
  if (style === 'currency' && !currency) throw new TypeError('Currency code is required with currency style.');
  const base = style === 'currency' ? (WHOLE.includes(currency) ? [0, 0] : [2, 2]) : style === 'percent' ? [0, 0] : [0, 3];
  const least = options.minimumFractionDigits ?? Math.min(base[0], options.maximumFractionDigits ?? base[0]);
  const most = options.maximumFractionDigits ?? Math.max(base[1], least);
  if (least > most || most > 100 || least < 0) throw new RangeError('maximumFractionDigits value is out of range.');
  const minus = value < 0 || Object.is(value, -0) ? '-' : options.signDisplay === 'always' ? '+' : '';
  let amount = style === 'percent' ? value * 100 : value;
  let unit = '';
  if (options.notation === 'compact') {
    const steps = isKorean(locale) ? UNITS : SHORT;
    const step = steps.find(([size]) => Math.abs(amount) >= size);
    if (step) [amount, unit] = [amount / step[0], step[1]];
  }
  let text;
  if (!Number.isFinite(amount)) text = '∞';
  else if (options.maximumSignificantDigits) text = significant(amount, options.maximumSignificantDigits);
  else if (options.notation === 'compact' && options.maximumFractionDigits === undefined) text = decimals(amount, 0, Math.abs(amount) < 100 && unit ? 1 : 0, Math.abs(amount) >= 10000);
  else text = decimals(amount, least, most, options.useGrouping !== false);
  if (options.minimumIntegerDigits) {
    const [whole, ...rest] = text.split('.');
    text = [whole.padStart(options.minimumIntegerDigits, '0'), ...rest].join('.');
  }
  text += unit;
  if (style === 'percent') text += '%';
  if (style === 'unit' && options.unit) text += ' ' + options.unit;
  if (style === 'currency') {
    const display = options.currencyDisplay;
    if (display === 'name' || display === 'code') text = display === 'code' ? `${currency} ${text}` : `${text} ${currency}`;
    else text = (isKorean(locale) && currency === 'USD' && display !== 'narrowSymbol' ? 'US$' : (SYMBOLS[currency] ?? currency + ' ')) + text;
  }
  return minus + text;
}

// ---- dates

const KO_DAYS = ['일', '월', '화', '수', '목', '금', '토'];
const EN_DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const EN_MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const SEOUL = ['asia/seoul', 'rok', 'kst', '+09:00', 'asia/pyongyang', 'asia/tokyo'];
const UTC = ['utc', 'gmt', 'etc/utc', 'etc/gmt', '+00:00'];
const two = (value) => String(value).padStart(2, '0');

// The parts of a moment in a zone. Korea's summer times of 1948–60 and 1987–88 are not known here.
function partsOf(date, zone) {
  const ms = date.getTime();
  let offset;
  if (zone === undefined) offset = -date.getTimezoneOffset();
  else if (SEOUL.includes(String(zone).toLowerCase())) offset = 540;
  else if (UTC.includes(String(zone).toLowerCase())) offset = 0;
  else throw new RangeError(`Invalid time zone specified: ${zone} (scripts know Asia/Seoul and UTC; moment-timezone knows the others)`);
  const at = new Date(ms + offset * 60000);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate(), weekday: at.getUTCDay(), hour: at.getUTCHours(), minute: at.getUTCMinutes(), second: at.getUTCSeconds(), ms: at.getUTCMilliseconds(), offset };
}

const DATE_STYLES = {
  full: { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' },
  long: { year: 'numeric', month: 'long', day: 'numeric' },
  medium: { year: 'numeric', month: 'short', day: 'numeric' },
  short: { year: '2-digit', month: 'numeric', day: 'numeric' },
};
const TIME_STYLES = {
  full: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
  long: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
  medium: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
  short: { hour: 'numeric', minute: '2-digit' },
};
const DATE_KEYS = ['weekday', 'year', 'month', 'day'];
const TIME_KEYS = ['hour', 'minute', 'second', 'dayPeriod', 'fractionalSecondDigits'];

function wanted(options, needs) {
  const has = [...DATE_KEYS, ...TIME_KEYS].some((key) => options[key] !== undefined);
  if (options.dateStyle || options.timeStyle) return { ...options, ...DATE_STYLES[options.dateStyle], ...TIME_STYLES[options.timeStyle] };
  const hasOwn = needs === 'date' ? DATE_KEYS.some((key) => options[key] !== undefined) : needs === 'time' ? TIME_KEYS.some((key) => options[key] !== undefined) : has;
  if (hasOwn) return options;
  const date = { year: 'numeric', month: 'numeric', day: 'numeric' };
  const time = { hour: 'numeric', minute: '2-digit', second: '2-digit' };
  return { ...options, ...(needs === 'time' ? {} : date), ...(needs === 'date' ? {} : time) };
}

function datePart(at, o, korean) {
  const year = o.year && (o.year === '2-digit' ? two(at.year % 100) : String(at.year));
  const day = o.day && (o.day === '2-digit' ? two(at.day) : String(at.day));
  const worded = ['long', 'short', 'narrow'].includes(o.month);
  const month = o.month && (o.month === '2-digit' ? two(at.month) : String(at.month));
  if (korean) {
    const weekday = o.weekday && KO_DAYS[at.weekday] + (o.weekday === 'long' ? '요일' : '');
    const only = [o.year, o.month, o.day].filter(Boolean).length === 1;
    let text;
    if (worded || only) text = [year && year + '년', month && month + '월', day && day + '일'].filter(Boolean).join(' ');
    else text = [year, month, day].filter(Boolean).map((part) => part + '.').join(' ');
    if (!weekday) return text;
    return text ? (o.weekday === 'long' ? `${text} ${weekday}` : `${text} (${weekday})`) : weekday;
  }
  const weekday = o.weekday && (o.weekday === 'long' ? EN_DAYS[at.weekday] : EN_DAYS[at.weekday].slice(0, 3));
  if (worded) {
    const name = o.month === 'long' ? EN_MONTHS[at.month - 1] : EN_MONTHS[at.month - 1].slice(0, 3);
    const front = [weekday, [name, day].filter(Boolean).join(' ')].filter(Boolean).join(', ');
    return year ? front + (day ? ', ' : ' ') + year : front;
  }
  const text = [month, day, year].filter(Boolean).join('/');
  return [weekday, text].filter(Boolean).join(', ');
}

function timePart(at, o, korean) {
  if (!o.hour && !o.minute && !o.second) return '';
  const twelve = o.hour12 ?? (o.hourCycle ? ['h11', 'h12'].includes(o.hourCycle) : true);
  const hour = twelve ? at.hour % 12 || 12 : at.hour;
  const shown = o.hour && (o.hour === '2-digit' || !twelve ? two(hour) : String(hour));
  const minute = o.minute && (o.hour || o.second ? two(at.minute) : String(at.minute));
  const second = o.second && (o.hour || o.minute ? two(at.second) : String(at.second)) + (o.fractionalSecondDigits ? '.' + String(at.ms).padStart(3, '0').slice(0, o.fractionalSecondDigits) : '');
  if (korean && o.hour && !o.minute) return (twelve ? (at.hour < 12 ? '오전 ' : '오후 ') : '') + (twelve ? shown : hour) + '시';
  const text = [shown, minute, second].filter(Boolean).join(':');
  if (!twelve || !o.hour) return text;
  return korean ? (at.hour < 12 ? '오전 ' : '오후 ') + text : text + (at.hour < 12 ? ' AM' : ' PM');
}

function zoneName(at, o, korean) {
  if (!o.timeZoneName) return '';
  if (at.offset === 540) return o.timeZoneName === 'long' ? (korean ? '대한민국 표준시' : 'Korean Standard Time') : 'GMT+9';
  return at.offset === 0 ? 'UTC' : 'GMT' + (at.offset < 0 ? '-' : '+') + Math.abs(at.offset / 60);
}

function date(value, locale, options = {}, needs = 'any') {
  const moment = value instanceof Date ? value : new Date(value ?? Date.now());
  if (Number.isNaN(moment.getTime())) return 'Invalid Date';
  const o = wanted(options ?? {}, needs);
  const korean = isKorean(locale);
  const at = partsOf(moment, o.timeZone);
  // Swedes write dates as computers do, and scripts everywhere know it.
  if (/^sv|^en-ca/i.test(localeOf(locale)) && !['long', 'short'].includes(o.month)) {
    const day = o.year && o.month ? [at.year, two(at.month), o.day && two(at.day)].filter(Boolean).join('-') : '';
    const time = timePart(at, { ...o, hour12: o.hour12 ?? /^en/i.test(localeOf(locale)) }, false);
    return [day, time].filter(Boolean).join(/^en/i.test(localeOf(locale)) ? ', ' : ' ');
  }
  const parts = [datePart(at, o, korean), [timePart(at, o, korean), zoneName(at, o, korean)].filter(Boolean).join(' ')].filter(Boolean);
  return parts.join(korean ? ' ' : o.month === 'long' ? ' at ' : ', ');
}

class NumberFormat {
  constructor(locale, options = {}) {
    this._locale = locale;
    this._options = options;
    this.format = (value) => number(value, locale, options);
  }
  resolvedOptions() {
    return { locale: localeOf(this._locale), numberingSystem: 'latn', style: 'decimal', ...this._options };
  }
}

class DateTimeFormat {
  constructor(locale, options = {}) {
    this._locale = locale;
    this._options = options;
    this.format = (value) => date(value, locale, options, options.dateStyle || options.timeStyle ? 'any' : [...DATE_KEYS, ...TIME_KEYS].some((key) => options[key] !== undefined) ? 'any' : 'date');
  }
  formatToParts(value) {
    const o = wanted(this._options, 'date');
    const at = partsOf(value instanceof Date ? value : new Date(value ?? Date.now()), o.timeZone);
    const single = (key, inner) => ({ type: key, value: inner });
    const parts = [];
    if (o.year) parts.push(single('year', o.year === '2-digit' ? two(at.year % 100) : String(at.year)));
    if (o.month) parts.push(single('month', o.month === '2-digit' ? two(at.month) : String(at.month)));
    if (o.day) parts.push(single('day', o.day === '2-digit' ? two(at.day) : String(at.day)));
    if (o.weekday) parts.push(single('weekday', isKorean(this._locale) ? KO_DAYS[at.weekday] + (o.weekday === 'long' ? '요일' : '') : EN_DAYS[at.weekday].slice(0, o.weekday === 'long' ? undefined : 3)));
    const twelve = o.hour12 ?? (o.hourCycle ? o.hourCycle.startsWith('h1') : true);
    if (o.hour) parts.push(single('hour', twelve ? String(at.hour % 12 || 12) : two(at.hour)));
    if (o.minute) parts.push(single('minute', two(at.minute)));
    if (o.second) parts.push(single('second', two(at.second)));
    if (o.hour && twelve) parts.push(single('dayPeriod', isKorean(this._locale) ? (at.hour < 12 ? '오전' : '오후') : at.hour < 12 ? 'AM' : 'PM'));
    return parts.flatMap((part, index) => (index ? [single('literal', ' '), part] : [part]));
  }
  resolvedOptions() {
    const offset = -new Date().getTimezoneOffset();
    return { locale: localeOf(this._locale), calendar: 'gregory', numberingSystem: 'latn', timeZone: this._options.timeZone ?? (offset === 540 ? 'Asia/Seoul' : 'UTC') };
  }
}

class Collator {
  compare = (a, b) => String(a).localeCompare(String(b));
}

class PluralRules {
  constructor(locale) {
    this._locale = locale;
  }
  select(value) {
    return !isKorean(this._locale) && Number(value) === 1 ? 'one' : 'other';
  }
}

// `new Intl.X()` and `Intl.X()` are the same.
const both = (Type) => {
  Type.supportedLocalesOf = (locales) => [locales].flat();
  return new Proxy(Type, { apply: (target, _self, args) => new target(...args) });
};

module.exports = {
  number,
  toLocaleString: (value, locale, options) => date(value, locale, options),
  toLocaleDateString: (value, locale, options) => date(value, locale, options, 'date'),
  toLocaleTimeString: (value, locale, options) => date(value, locale, options, 'time'),
  Intl: {
    NumberFormat: both(NumberFormat),
    DateTimeFormat: both(DateTimeFormat),
    Collator: both(Collator),
    PluralRules: both(PluralRules),
    getCanonicalLocales: (locales) => [locales].flat(),
  },
};
