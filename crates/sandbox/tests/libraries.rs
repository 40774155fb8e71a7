//! Every library that is offered loads and does what scripts use it for; and the globals beside them.
//!
//! Needs the bundles of `cargo xtask js`, which `cargo xtask test` makes; without them this fails and says so.

use std::time::Duration;

use sandbox::{Call, HttpFailure, HttpRequest, HttpResponse, Options, Pool};
use serde_json::{Value, json};

/// Answers with what it was asked, or as the address wants it.
async fn world(request: HttpRequest) -> Result<HttpResponse, HttpFailure> {
    let plain = |status, kind: &str, body: Vec<u8>| HttpResponse {
        status,
        reason: String::new(),
        headers: vec![
            ("Content-Type".to_owned(), kind.to_owned()),
            ("Set-Cookie".to_owned(), "a=1".to_owned()),
            ("Set-Cookie".to_owned(), "b=2".to_owned()),
        ],
        body,
        url: request.url.clone(),
    };
    match request.url.as_str() {
        "http://world/refused" => Err(HttpFailure::new("ECONNREFUSED", "connect ECONNREFUSED")),
        "http://world/late" => Err(HttpFailure::new("ETIMEDOUT", "timed out")),
        "http://world/404" => Ok(plain(404, "application/json", br#"{"error":"none"}"#.to_vec())),
        "http://world/bytes" => Ok(plain(200, "application/octet-stream", vec![0, 255, 128])),
        "http://world/text" => Ok(plain(200, "text/plain; charset=utf-8", "안녕".as_bytes().to_vec())),
        _ => {
            let headers: Vec<String> = request
                .headers
                .iter()
                .map(|(name, value)| format!("{}: {value}", name.to_lowercase()))
                .collect();
            let body = request.body.map(|body| String::from_utf8_lossy(&body).into_owned());
            let seen = json!({
                "method": request.method, "url": request.url, "headers": headers, "body": body,
                "timeout": request.timeout_ms, "redirects": request.max_redirects,
            });
            Ok(plain(200, "application/json", seen.to_string().into_bytes()))
        }
    }
}

/// Runs `module.exports = async () => ({ data: <expression> })` for each and compares.
async fn check(cases: &[(&str, Value)]) {
    let pool = Pool::new(Options::new(env!("CARGO_BIN_EXE_js-worker"), [""; 0]));
    let mut wrong = Vec::new();
    for (expression, expected) in cases {
        let script = format!(
            "module.exports = async () => {{ const data = await ({expression}); return {{ data }} }}"
        );
        let call = Call { owner: "bot", script: &script, context: json!({}), within: Duration::from_secs(5) };
        let outcome = pool.run(call, &world).await;
        let found = outcome.value.as_ref().map(|value| value["data"].clone());
        if found.as_ref().ok() != Some(expected) {
            wrong.push(format!("{expression}\n  expected {expected}\n  was      {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[tokio::test]
async fn everything_on_the_list_loads() {
    let cases: Vec<(String, Value)> = sandbox::libraries()
        .iter()
        .map(|name| {
            (format!("typeof require('{name}') !== 'undefined' && require('{name}') !== null"), json!(true))
        })
        .collect();
    let cases: Vec<(&str, Value)> =
        cases.iter().map(|(text, value)| (text.as_str(), value.clone())).collect();
    check(&cases).await;
}

#[tokio::test]
async fn data_and_text() {
    check(&[
        ("require('lodash').groupBy([1.1, 2.2, 1.9], Math.floor)", json!({"1": [1.1, 1.9], "2": [2.2]})),
        ("require('lodash').template('<%= a %>!')({ a: 1 })", json!("1!")),
        ("require('lodash/get')({ a: [{ b: 3 }] }, 'a[0].b')", json!(3)),
        ("require('underscore').pluck([{ a: 1 }, { a: 2 }], 'a')", json!([1, 2])),
        ("require('util').format('%s is %d years, %j', '철수', 3, { a: 1 })", json!("철수 is 3 years, {\"a\":1}")),
        ("require('util').inspect({ a: [1, 'x', { b: { c: { d: 1 } } }], f() {} })", json!("{ a: [ 1, 'x', { b: [Object] } ], f: [Function: f] }")),
        ("require('util').promisify((a, cb) => cb(null, a + 1))(1)", json!(2)),
        ("(() => { const util = require('util'); function A() {} function B() { A.call(this) } util.inherits(B, A); return new B() instanceof A })()", json!(true)),
        ("require('util').isDeepStrictEqual({ a: [1, new Map([[1, 2]])] }, { a: [1, new Map([[1, 2]])] })", json!(true)),
        ("require('querystring').stringify({ a: '한 글', b: [1, 2] })", json!("a=%ED%95%9C%20%EA%B8%80&b=1&b=2")),
        ("({ ...require('querystring').parse('a=1&b=2&b=3&c=%ED%95%9C+x') })", json!({"a": "1", "b": ["2", "3"], "c": "한 x"})),
        ("require('path').join('/a', '../b', 'c.txt') + require('path').extname('x.tar.gz') + require('path').basename('/q/w.js', '.js')", json!("/b/c.txt.gzw")),
        ("(() => { const E = require('events'); class A extends E {} const a = new A(); const got = []; a.once('x', (v) => got.push(v)); a.emit('x', 1); a.emit('x', 2); return got })()", json!([1])),
        ("(() => { const E = require('events').EventEmitter; function A() { E.call(this) } require('util').inherits(A, E); const a = new A(); let n = 0; a.on('x', () => n++); a.emit('x'); return n })()", json!(1)),
        ("(() => { try { require('assert').strictEqual(1, 2) } catch (e) { return e.name + e.code } })()", json!("AssertionErrorERR_ASSERTION")),
        ("require('string_decoder').StringDecoder && new (require('string_decoder').StringDecoder)('utf8').write(Buffer.from('한'))", json!("한")),
        ("new Promise((resolve) => { const { Readable } = require('stream'); const got = []; Readable.from(['a', 'b']).on('data', (x) => got.push(String(x))).on('end', () => resolve(got)) })", json!(["a", "b"])),
        ("require('timers').setTimeout === setTimeout && require('os').EOL", json!("\n")),
        ("require('csv-parse/sync').parse('a,b\\n1,\"2,3\"\\n', { columns: true })", json!([{"a": "1", "b": "2,3"}])),
        ("require('csv-parse/lib/sync')('a;b', { delimiter: ';' })", json!([["a", "b"]])),
        ("new Promise((resolve, reject) => require('csv-parse')('a,b\\nc,d', (error, rows) => error ? reject(error) : resolve(rows)))", json!([["a", "b"], ["c", "d"]])),
        ("require('xml2js').parseStringPromise('<a x=\"1\"><b>한글</b><b>2</b></a>')", json!({"a": {"$": {"x": "1"}, "b": ["한글", "2"]}})),
        ("new Promise((resolve) => require('xml2js').parseString('<a>1</a>', { explicitArray: false }, (e, v) => resolve(v)))", json!({"a": "1"})),
        ("new (require('xml2js').Builder)({ headless: true }).buildObject({ a: { b: 1 } })", json!("<a>\n  <b>1</b>\n</a>")),
        ("(() => { const $ = require('cheerio').load('<ul><li class=\"a\">하나</li><li>둘</li></ul>'); return [$('li.a').text(), $('li').length, $('li').map((i, e) => $(e).text()).get().join()] })()", json!(["하나", 2, "하나,둘"])),
        ("require('iconv-lite').encode('가나다', 'euc-kr').toString('hex')", json!("b0a1b3aab4d9")),
        ("require('iconv-lite').decode(Buffer.from([0xb0, 0xa1]), 'cp949') + require('iconv-lite').encodingExists('euc-kr')", json!("가true")),
        ("require('iconv-lite').decode(Buffer.from('한', 'utf16le'), 'utf-16le')", json!("한")),
        ("require('iconv-lite').encode('a\u{1F600}똠', 'EUC-KR').toString('hex')", json!("613f8c63")),
        ("require('iconv-lite').decode(require('iconv-lite').encode('日本', 'shift_jis'), 'Shift_JIS')", json!("日本")),
    ])
    .await;
}

#[tokio::test]
async fn time() {
    check(&[
        ("new Date(0).getHours() + ',' + new Date(0).getTimezoneOffset()", json!("9,-540")),
        ("require('moment')('2024-02-29').add(1, 'year').format('YYYY-MM-DD')", json!("2025-02-28")),
        ("(() => { const m = require('moment'); return [m.locale(), m(0).format('YYYY-MM-DD HH:mm'), m(0).locale('ko').format('LLLL')] })()", json!(["en", "1970-01-01 09:00", "1970년 1월 1일 목요일 오전 9:00"])),
        ("require('moment-timezone').tz('2024-07-01 12:00', 'America/New_York').tz('Asia/Seoul').format()", json!("2024-07-02T01:00:00+09:00")),
        ("require('moment-timezone')(0).tz('Europe/London').format('HH:mm z')", json!("01:00 BST")),
        ("(1234567.891).toLocaleString()", json!("1,234,567.891")),
        ("(15000).toLocaleString('ko-KR') + (15000).toLocaleString('ko-KR', { style: 'currency', currency: 'KRW' })", json!("15,000₩15,000")),
        ("(0.256).toLocaleString('ko-KR', { style: 'percent' }) + (-1234.5).toLocaleString('en', { minimumFractionDigits: 2 })", json!("26%-1,234.50")),
        ("(12345678).toLocaleString('ko-KR', { notation: 'compact' })", json!("1235만")),
        ("new Date(1700000000000).toLocaleString('ko-KR')", json!("2023. 11. 15. 오전 7:13:20")),
        ("new Date(1700000000000).toLocaleString('ko-KR', { timeZone: 'UTC' })", json!("2023. 11. 14. 오후 10:13:20")),
        ("new Date(1700000000000).toLocaleDateString('ko-KR', { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' })", json!("2023년 11월 15일 수요일")),
        ("new Date(1700000000000).toLocaleDateString('ko-KR', { month: '2-digit', day: '2-digit' })", json!("11. 15.")),
        ("new Date(1700000000000).toLocaleTimeString('ko-KR', { hour: '2-digit', minute: '2-digit', hour12: false })", json!("07:13")),
        ("new Date(1700000000000).toLocaleDateString() + new Date(1700000000000).toLocaleTimeString('en-US')", json!("11/15/20237:13:20 AM")),
        ("new Intl.DateTimeFormat('ko-KR', { dateStyle: 'full' }).format(new Date(1700000000000))", json!("2023년 11월 15일 수요일")),
        ("new Intl.NumberFormat('ko-KR').format(1e6) + Intl.DateTimeFormat().resolvedOptions().timeZone", json!("1,000,000Asia/Seoul")),
    ])
    .await;
}

#[tokio::test]
async fn secrets_and_names() {
    check(&[
        ("require('crypto').createHash('md5').update('abc').digest('hex')", json!("900150983cd24fb0d6963f7d28e17f72")),
        ("require('crypto').createHash('sha1').update('abc').digest('hex')", json!("a9993e364706816aba3e25717850c26c9cd0d89d")),
        ("require('crypto').createHash('sha256').update('a').update(Buffer.from('bc')).digest('base64')", json!("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")),
        ("require('crypto').createHash('sha512').update('').digest().length", json!(64)),
        ("require('crypto').createHmac('sha256', 'key').update('The quick brown fox jumps over the lazy dog').digest('hex')", json!("f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8")),
        ("require('crypto').createHmac('md5', 'key').update('The quick brown fox jumps over the lazy dog').digest('hex')", json!("80070713463e7749b90c2dc24911e275")),
        ("require('crypto').createHmac('sha1', 'key').update('The quick brown fox jumps over the lazy dog').digest('hex')", json!("de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9")),
        ("require('crypto').randomBytes(8).toString('hex').length + require('crypto').randomInt(5, 6)", json!(21)),
        ("/^[0-9a-f]{8}-[0-9a-f]{4}-4/.test(require('crypto').randomUUID()) && require('crypto').timingSafeEqual(Buffer.from('a'), Buffer.from('a'))", json!(true)),
        ("(() => { const c = require('crypto'); const key = Buffer.alloc(32, 1), iv = Buffer.alloc(16, 2); const e = c.createCipheriv('aes-256-cbc', key, iv); const x = e.update('안녕하세요', 'utf8', 'base64') + e.final('base64'); const d = c.createDecipheriv('aes-256-cbc', key, iv); return [x, d.update(x, 'base64', 'utf8') + d.final('utf8')] })()", json!(["DdSFRB2tA2VqZ/69aSW2kg==", "안녕하세요"])),
        ("(() => { const c = require('crypto'); const key = Buffer.alloc(16, 1), iv = Buffer.alloc(12, 2); const e = c.createCipheriv('aes-128-gcm', key, iv); const x = Buffer.concat([e.update('secret'), e.final()]); const d = c.createDecipheriv('aes-128-gcm', key, iv); d.setAuthTag(e.getAuthTag()); return Buffer.concat([d.update(x), d.final()]).toString() })()", json!("secret")),
        ("(() => { const c = require('crypto'); const d = c.createDecipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12)); d.setAuthTag(Buffer.alloc(16)); try { d.update('x'); d.final() } catch (e) { return e.message.slice(0, 17) } })()", json!("Unsupported state")),
        ("require('crypto').pbkdf2Sync('password', 'salt', 2, 20, 'sha1').toString('hex')", json!("ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957")),
        ("(() => { const u = require('uuid'); return [u.validate(u.v4()), u.version(u.v1()), u.version(u.v7()), u.v5('www.example.com', u.v5.DNS), u.v3('www.example.com', u.v3.DNS), typeof require('uuid/v4')(), u.validate('x')] })()", json!([true, 1, 7, "2ed6657d-e927-568b-95e1-2665a8aea6a2", "5df41881-3aed-3515-88a7-2f4a814cf09e", "string", false])),
        ("(() => { const j = require('jsonwebtoken'); const t = j.sign({ a: 1, iat: 1 }, 'secret'); return [t, j.verify(t, 'secret').a, j.decode(t).iat] })()", json!(["eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhIjoxLCJpYXQiOjF9.r7jTYUvXphcjE8hZ74-bK2pBJUcvpSTPVzns-BRb7_I", 1, 1])),
        ("(() => { const j = require('jsonwebtoken'); const names = []; for (const f of [() => j.verify(j.sign({}, 'a'), 'b'), () => j.verify(j.sign({}, 'a', { expiresIn: -10 }), 'a'), () => j.verify('x', 'a'), () => j.verify(j.sign({}, 'a', { notBefore: '1h' }), 'a')]) try { f() } catch (e) { names.push(e.name + ': ' + e.message) } return names })()", json!(["JsonWebTokenError: invalid signature", "TokenExpiredError: jwt expired", "JsonWebTokenError: jwt malformed", "NotBeforeError: jwt not active"])),
        ("(() => { const j = require('jsonwebtoken'); return j.verify(j.sign({ b: 2 }, 's', { expiresIn: '2h', audience: 'x', algorithm: 'HS512' }), 's', { audience: 'x' }).b })()", json!(2)),
    ])
    .await;
}

#[tokio::test]
async fn the_web() {
    check(&[
        ("(() => { const u = new URL('../c?a=1#h', 'https://kim:pw@shop.kr:8080/a/b'); u.searchParams.append('b', '한 글'); u.hash = ''; return u.href })()", json!("https://kim:pw@shop.kr:8080/c?a=1&b=%ED%95%9C+%EA%B8%80")),
        ("new URL('http://한국.kr/').hostname", json!("xn--3e0b707e.kr")),
        ("(() => { try { new URL('no') } catch (e) { return e.name + e.code } })()", json!("TypeErrorERR_INVALID_URL")),
        ("[...new URLSearchParams({ a: 1, b: 'x y' })].join('|') + new URLSearchParams('?q=1&q=2').getAll('q')", json!("a,1|b,x y1,2")),
        ("(() => { const { protocol, auth, host, port, pathname, query, hash } = require('url').parse('http://u:p@a.b:80/c?d=e#f', true); return [protocol, auth, host, port, pathname, query.d, hash] })()", json!(["http:", "u:p", "a.b:80", "80", "/c", "e", "#f"])),
        ("[require('url').format({ protocol: 'https', host: 'a.b', pathname: 'c', query: { d: 1 } }), require('url').resolve('http://a.b/c/d', '../e'), require('url').resolve('/one/two', 'three')]", json!(["https://a.b/c?d=1", "http://a.b/e", "/one/three"])),
        ("new TextDecoder().decode(new TextEncoder().encode('한')) + atob(btoa('ab')) + new TextDecoder('euc-kr').decode(new Uint8Array([0xb0, 0xa1]))", json!("한ab가")),
        ("Buffer.from('한글').toString('base64') + Buffer.concat([Buffer.from('a'), Buffer.from([98])]) + Buffer.byteLength('한')", json!("7ZWc6riAab3")),
        ("(() => { const a = { d: new Date(0), m: new Map([[1, { x: 1 }]]) }; a.a = a; const b = structuredClone(a); return b.a === b && b.m.get(1).x && b.d.getTime() === 0 && b !== a })()", json!(true)),
        ("(() => { const c = new AbortController(); let heard = 0; c.signal.addEventListener('abort', () => heard++); c.abort(); return [c.signal.aborted, heard, c.signal.reason.name] })()", json!([true, 1, "AbortError"])),
        ("[typeof global, global === globalThis, typeof process.env.PATH, typeof std, typeof os]", json!(["object", true, "undefined", "undefined", "undefined"])),
        ("new Promise((resolve) => { const got = []; setTimeout(() => got.push('t'), 2); setImmediate(() => got.push('i')); process.nextTick(() => got.push('n')); const x = setInterval(() => { got.push('v'); if (got.length > 4) { clearInterval(x); resolve(got) } }, 5); clearTimeout(setTimeout(() => got.push('never'), 1)) })", json!(["n", "i", "t", "v", "v"])),
    ])
    .await;
}

#[tokio::test]
async fn requests() {
    check(&[
        ("new Promise((resolve, reject) => require('request')({ url: 'http://world/a', json: true, qs: { q: '한', l: [1, 2] }, headers: { 'X-Key': 'k' } }, (e, res, body) => e ? reject(e) : resolve([res.statusCode, body.method, body.url, body.headers.includes('x-key: k'), res.headers['set-cookie'], body.redirects])))", json!([200, "GET", "http://world/a?q=%ED%95%9C&l%5B0%5D=1&l%5B1%5D=2", true, ["a=1", "b=2"], 10])),
        ("new Promise((resolve) => require('request').post('http://world/a', { form: { a: 1, b: '한 글' }, timeout: 900 }, (e, res, body) => { const seen = JSON.parse(body); resolve([seen.method, seen.body, seen.headers, seen.timeout, seen.redirects]) }))", json!(["POST", "a=1&b=%ED%95%9C%20%EA%B8%80", ["content-type: application/x-www-form-urlencoded"], 900, 0])),
        ("new Promise((resolve) => require('request')('http://world/refused', (e) => resolve(e.code)))", json!("ECONNREFUSED")),
        ("new Promise((resolve) => require('request').get('http://world/text').on('response', (r) => resolve([r.statusCode, r.body])))", json!([200, "안녕"])),
        ("new Promise((resolve) => require('request')({ uri: 'http://world/bytes', encoding: null }, (e, r, body) => resolve([Buffer.isBuffer(body), body.toString('hex')])))", json!([true, "00ff80"])),
        ("new Promise((resolve) => require('request').defaults({ baseUrl: 'http://world/api', json: true }).put('/x', { body: { a: 1 }, auth: { bearer: 't' } }, (e, r, b) => resolve([b.url, b.body, b.headers])))", json!(["http://world/api/x", "{\"a\":1}", ["accept: application/json", "content-type: application/json", "authorization: Bearer t"]])),
        ("require('request-promise')({ uri: 'http://world/x', json: true }).then((b) => b.method)", json!("GET")),
        ("require('request-promise-native').post({ uri: 'http://world/x', body: { a: 1 }, json: true }).then((b) => b.body)", json!("{\"a\":1}")),
        ("require('request-promise')('http://world/404').catch((e) => [e.name, e.statusCode, e.message])", json!(["StatusCodeError", 404, "404 - \"{\\\"error\\\":\\\"none\\\"}\""])),
        ("require('request-promise')({ uri: 'http://world/404', simple: false, resolveWithFullResponse: true }).then((r) => r.statusCode)", json!(404)),
        ("require('request-promise')('http://world/refused').catch((e) => [e.name, e.cause.code])", json!(["RequestError", "ECONNREFUSED"])),
        ("require('axios').get('http://world/a', { params: { q: '한', l: [1, 2] }, headers: { K: 'v' }, timeout: 100 }).then((r) => [r.status, r.data.url, r.data.headers.includes('k: v'), r.data.timeout, r.headers['content-type']])", json!([200, "http://world/a?q=%ED%95%9C&l[]=1&l[]=2", true, 100, "application/json"])),
        ("require('axios').post('http://world/a', { a: '한' }).then((r) => [r.data.body, r.data.headers])", json!(["{\"a\":\"한\"}", ["accept: application/json, text/plain, */*", "content-type: application/json"]])),
        ("require('axios').post('http://world/a', new URLSearchParams({ a: 1 })).then((r) => [r.data.body, r.data.headers[1]])", json!(["a=1", "content-type: application/x-www-form-urlencoded;charset=utf-8"])),
        ("require('axios')('http://world/404').catch((e) => [e.isAxiosError, e.code, e.message, e.response.status, e.response.data.error])", json!([true, "ERR_BAD_REQUEST", "Request failed with status code 404", 404, "none"])),
        ("require('axios').get('http://world/late', { timeout: 5 }).catch((e) => [e.code, e.message])", json!(["ECONNABORTED", "timeout of 5ms exceeded"])),
        ("require('axios').get('http://world/bytes', { responseType: 'arraybuffer' }).then((r) => [...r.data])", json!([0, 255, 128])),
        ("(() => { const a = require('axios').create({ baseURL: 'http://world/v1/', headers: { common: { A: '1' } } }); a.interceptors.request.use((c) => ({ ...c, headers: { ...c.headers, B: '2' } })); a.interceptors.response.use((r) => r.data); return a.get('/x').then((d) => [d.url, d.headers]) })()", json!(["http://world/v1/x", ["a: 1", "b: 2", "accept: application/json, text/plain, */*"]])),
        ("require('axios').all([1, 2].map((n) => require('axios').get('http://world/' + n))).then((all) => all.map((r) => r.data.url))", json!(["http://world/1", "http://world/2"])),
        ("require('superagent').post('http://world/a').set('K', 'v').query({ q: 1 }).send({ a: 1 }).then((r) => [r.ok, r.body.url, r.body.body, r.type])", json!([true, "http://world/a?q=1", "{\"a\":1}", "application/json"])),
        ("require('superagent').get('http://world/404').catch((e) => [e.status, e.message, e.response.body.error])", json!([404, "Not Found", "none"])),
        ("new Promise((resolve) => require('superagent').get('http://world/text').end((e, r) => resolve([r.text, r.charset])))", json!(["안녕", "utf-8"])),
        ("fetch('http://world/a', { method: 'POST', body: JSON.stringify({ a: 1 }), headers: { 'Content-Type': 'application/json' } }).then((r) => r.json()).then((d) => [d.method, d.body, d.headers, d.redirects])", json!(["POST", "{\"a\":1}", ["content-type: application/json"], 20])),
        ("fetch('http://world/404').then(async (r) => [r.ok, r.status, r.statusText, r.headers.get('Content-Type'), (await r.text()).length])", json!([false, 404, "Not Found", "application/json", 16])),
        ("require('node-fetch')('http://world/refused').catch((e) => [e.name, e.code])", json!(["FetchError", "ECONNREFUSED"])),
        ("(() => { const f = new FormData(); f.append('a', '1'); f.append('f', Buffer.from('x'), { filename: 'x.txt' }); return fetch('http://world/', { method: 'POST', body: f }).then((r) => r.json()).then((d) => [d.headers[0].slice(0, 44), d.body.includes('name=\"f\"; filename=\"x.txt\"')]) })()", json!(["content-type: multipart/form-data; boundary=", true])),
    ])
    .await;
}

/// Keys are made here, so that none lies in the repository. RSA's cannot be made by what we have; they take the same way.
#[tokio::test]
async fn tokens_signed_with_a_key_pair() {
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
    let die = ring::rand::SystemRandom::new();
    let private = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &die).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, private.as_ref(), &die).unwrap();
    // SubjectPublicKeyInfo of a P-256 key is these bytes and the point.
    let mut public = vec![0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
    public.extend([0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00]);
    public.extend(pair.public_key().as_ref());
    let pem =
        |kind: &str, der: &[u8]| format!("-----BEGIN {kind}-----\n{}\n-----END {kind}-----", base64(der));
    let script = "const jwt = require('jsonwebtoken');
        module.exports = async ({ key, open }) => {
            const token = jwt.sign({ a: '한' }, key, { algorithm: 'ES256', expiresIn: 60 });
            const wrong = token.slice(0, -4) + (token.endsWith('AAAA') ? 'BBBB' : 'AAAA');
            const said = (fn) => { try { return fn() } catch (error) { return error.message } };
            return { data: [
                jwt.verify(token, open).a,
                said(() => jwt.verify(wrong, open)),
                said(() => jwt.verify(jwt.sign({}, 'x'), open)),
                said(() => jwt.verify(jwt.sign({}, open, { algorithm: 'HS256' }), open, { algorithms: ['HS256'] })),
            ] };
        }";
    let pool = Pool::new(Options::new(env!("CARGO_BIN_EXE_js-worker"), [""; 0]));
    let context = json!({ "key": pem("PRIVATE KEY", private.as_ref()), "open": pem("PUBLIC KEY", &public) });
    let call = Call { owner: "bot", script, context, within: Duration::from_secs(5) };
    let expected = json!(["한", "invalid signature", "invalid algorithm", "invalid algorithm"]);
    assert_eq!(pool.run(call, &world).await.value.unwrap()["data"], expected);
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let groups = bytes.chunks(3).flat_map(|group| {
        let bits =
            group.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        (0..4).map(move |at| {
            if at > group.len() { '=' } else { char::from(LETTERS[(bits >> (18 - 6 * at)) as usize & 63]) }
        })
    });
    groups.collect()
}
